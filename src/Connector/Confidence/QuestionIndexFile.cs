using System.Security.Cryptography;

namespace OnnxChat.Connector.Confidence;

/// <summary>
/// The file of an index: the name of the form, its version, classes, answers, features, weights, questions, and the
/// SHA-256 of all that. Numbers are LEB128, sorted ones as differences.
/// </summary>
internal static class QuestionIndexFile
{
    private const byte Version = 2;

    private static ReadOnlySpan<byte> Magic => "OnnxChatIndex"u8;

    public static byte[] Write(QuestionIndex index)
    {
        var writer = new IndexWriter();
        writer.Bytes(Magic);
        writer.Byte(Version);
        WriteAnswers(writer, index.Answers);
        WriteVocabulary(writer, index.Vocabulary);
        WriteClassifier(writer, index.Classifier, index.Vocabulary.Count);
        WriteNeighbours(writer, index.Neighbours, index.Vocabulary);
        writer.Bytes(SHA256.HashData(writer.Written));
        return writer.Written.ToArray();
    }

    /// <summary>Reads an index from the folder of a model.</summary>
    /// <exception cref="OnnxChatModelException">The file is missing, damaged, or of a later version.</exception>
    public static QuestionIndex Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new OnnxChatModelException($"The index of known questions {path} cannot be read: {e.Message} Make it again with 'onnxchat calibrate', or take \"confidence\" out of onnxchat.json.", e);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not an index.</exception>
    public static QuestionIndex Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < Magic.Length + 1 + SHA256.HashSizeInBytes || !file.StartsWith(Magic))
            throw new InvalidDataException("It is no index that 'onnxchat calibrate' wrote.");
        var content = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file[content.Length..]))
            throw new InvalidDataException("Its bytes are not those that were written: the SHA-256 at its end is another.");

        var reader = new IndexReader(content[Magic.Length..]);
        var version = reader.Byte();
        if (version != Version)
            throw new InvalidDataException($"It has version {version}; this version of OnnxChat reads {Version}.");
        var answers = ReadAnswers(ref reader);
        var vocabulary = ReadVocabulary(ref reader);
        var classifier = ReadClassifier(ref reader, vocabulary, answers.Classes);
        var neighbours = ReadNeighbours(ref reader, vocabulary, answers.All.Count);
        reader.RequireEnd();
        return new QuestionIndex(vocabulary, answers, neighbours, classifier);
    }

    private static void WriteAnswers(IndexWriter writer, KnownAnswers answers)
    {
        writer.Number(answers.Classes);
        foreach (var declined in answers.Declined)
            writer.Byte(declined ? (byte)1 : (byte)0);
        writer.Number(answers.All.Count);
        foreach (var answer in answers.All)
        {
            writer.Number(answer.Class);
            writer.Long(answer.Hash);
            writer.Rising(answer.Words);
            writer.Text(answer.Start);
        }
    }

    private static KnownAnswers ReadAnswers(ref IndexReader reader)
    {
        var declined = new bool[reader.Count(1)];
        for (var i = 0; i < declined.Length; i++)
            declined[i] = reader.Byte() != 0;
        var answers = new KnownAnswer[reader.Count(11)];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = new KnownAnswer(reader.Number(declined.Length), reader.Long(), reader.Rising(ushort.MaxValue + 1), reader.Text());
        return new KnownAnswers(answers, declined);
    }

    private static void WriteVocabulary(IndexWriter writer, FeatureVocabulary vocabulary)
    {
        writer.Rising(vocabulary.Hashes);
        writer.Bytes(vocabulary.Rarity);
    }

    private static FeatureVocabulary ReadVocabulary(ref IndexReader reader)
    {
        var hashes = reader.Rising(2 * TextFeatures.SimilarityFlag);
        return new FeatureVocabulary(hashes, reader.Bytes(hashes.Length).ToArray());
    }

    private static void WriteClassifier(IndexWriter writer, LinearClassifier? classifier, int features)
    {
        writer.Number(classifier?.Biases.Length ?? 0);
        if (classifier is null)
            return;
        writer.Byte(classifier.HasOther ? (byte)1 : (byte)0);
        writer.Single(classifier.Scale);
        foreach (var bias in classifier.Biases)
            writer.Single(bias);
        for (var feature = 0; feature < features; feature++)
        {
            var (start, end) = (classifier.Starts[feature], classifier.Starts[feature + 1]);
            writer.Rising(Array.ConvertAll(classifier.Columns[start..end], c => (uint)c));
            foreach (var weight in classifier.Weights.AsSpan(start..end))
                writer.Byte((byte)weight);
        }
    }

    private static LinearClassifier? ReadClassifier(ref IndexReader reader, FeatureVocabulary vocabulary, int classes)
    {
        var biases = new float[reader.Count(4)];
        if (biases.Length == 0)
            return null;
        var hasOther = reader.Byte() != 0;
        if (biases.Length > ushort.MaxValue || biases.Length - (hasOther ? 1 : 0) is var own && (own < 1 || own > classes))
            throw new InvalidDataException($"It has weights for {biases.Length} classes and answers of {classes}.");
        var scale = reader.Single();
        for (var i = 0; i < biases.Length; i++)
            biases[i] = reader.Single();
        var starts = new int[vocabulary.Count + 1];
        var columns = new List<ushort>();
        var weights = new List<sbyte>();
        for (var feature = 0; feature < vocabulary.Count; feature++)
        {
            foreach (var column in reader.Rising((uint)biases.Length))
                columns.Add((ushort)column);
            foreach (var weight in reader.Bytes(columns.Count - weights.Count))
                weights.Add((sbyte)weight);
            starts[feature + 1] = columns.Count;
        }

        return new LinearClassifier(vocabulary, biases, hasOther, scale, starts, [.. columns], [.. weights]);
    }

    private static void WriteNeighbours(IndexWriter writer, Neighbours neighbours, FeatureVocabulary vocabulary)
    {
        writer.Number(neighbours.Count);
        foreach (var answer in neighbours.Answers)
            writer.Number(answer);
        for (var feature = 0; feature < vocabulary.Count; feature++)
        {
            if (vocabulary.IsForSimilarity(feature))
                writer.Rising(Array.ConvertAll(neighbours.With(feature).ToArray(), q => (uint)q));
        }
    }

    private static Neighbours ReadNeighbours(ref IndexReader reader, FeatureVocabulary vocabulary, int answers)
    {
        var answerOf = new int[reader.Count(1)];
        for (var i = 0; i < answerOf.Length; i++)
            answerOf[i] = reader.Number(answers);
        var starts = new int[vocabulary.Count + 1];
        var questions = new List<int>();
        for (var feature = 0; feature < vocabulary.Count; feature++)
        {
            if (vocabulary.IsForSimilarity(feature))
            {
                foreach (var question in reader.Rising((uint)answerOf.Length))
                    questions.Add((int)question);
            }

            starts[feature + 1] = questions.Count;
        }

        return new Neighbours(vocabulary, starts, [.. questions], answerOf);
    }
}
