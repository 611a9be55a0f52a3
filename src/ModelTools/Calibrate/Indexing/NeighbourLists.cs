using OnnxChat.Connector.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>Turns questions with their features into features with their questions.</summary>
internal static class NeighbourLists
{
    public static Neighbours Build(FeatureVocabulary vocabulary, List<KnownQuestion> questions)
    {
        var features = questions.ConvertAll(q => vocabulary.Find(q.Features).Features.Where(vocabulary.IsForSimilarity).ToArray());
        var starts = new int[vocabulary.Count + 1];
        foreach (var feature in features.SelectMany(f => f))
            starts[feature + 1]++;
        for (var i = 0; i < vocabulary.Count; i++)
            starts[i + 1] += starts[i];

        var next = starts.ToArray();
        var lists = new int[starts[^1]];
        for (var question = 0; question < features.Count; question++)
        {
            foreach (var feature in features[question])
                lists[next[feature]++] = question;
        }

        return new Neighbours(vocabulary, starts, lists, [.. questions.Select(q => q.Answer)]);
    }
}
