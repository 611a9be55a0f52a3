using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Expand;

/// <summary>
/// Makes samples of patterns. What a pattern gives depends on the seed and on its own text and topic only, so that a
/// new line changes no other line's samples.
/// </summary>
internal sealed class Expander(ExpandRequest request)
{
    // How often a pattern with few forms is tried for a new one.
    private const int DrawsPerVariant = 4;

    // Enough for the model to answer the same whatever stands there.
    private const double InstructedShare = 0.1;

    /// <summary>The samples of a language, topic by topic, each pattern's plain form first.</summary>
    public IEnumerable<Sample> Expand(PatternLanguage language)
    {
        foreach (var topic in language.Topics)
        {
            var wrappers = language.Wrappers.Bare.Contains(topic.Name) ? [] : language.Wrappers.Patterns;
            for (var i = 0; i < topic.Patterns.Count; i++)
            {
                foreach (var sample in Expand(topic, topic.Patterns[i], wrappers))
                    yield return sample with { Group = $"{topic.Path}#{i + 1}", System = Instructions(language, topic, sample) };
            }
        }
    }

    private string? Instructions(PatternLanguage language, PatternTopic topic, Sample sample)
    {
        var random = new SeededRandom(request.Seed, $"instructions\n{topic.Path}\n{sample.User}");
        return language.Instructions.Count > 0 && random.Chance(InstructedShare) ? random.Pick(language.Instructions) : null;
    }

    private IEnumerable<Sample> Expand(PatternTopic topic, PatternLine pattern, IReadOnlyList<PatternLine> wrappers)
    {
        var random = new SeededRandom(request.Seed, $"{topic.Path}\n{pattern.Text}");
        var texts = new HashSet<string>();
        foreach (var wrap in Wrapped(random, wrappers.Count > 0))
        {
            for (var draw = 0; draw < DrawsPerVariant; draw++)
            {
                var text = Write(pattern, new PatternChoices(random, Plain: texts.Count == 0), wrap ? random.Pick(wrappers) : null);
                if (!texts.Add(text))
                    continue;
                var answer = request.AllAnswers ? random.Pick(topic.Answers) : topic.Answers[0];
                yield return new Sample(text, answer) { Topic = topic.Topic, Declined = topic.Declined };
                break;
            }
        }
    }

    private static string Write(PatternLine pattern, PatternChoices choices, PatternLine? wrapper) =>
        wrapper is null ? pattern.Write(choices) : wrapper.Write(choices with { Message = pattern.WriteCore(choices) });

    private IEnumerable<bool> Wrapped(SeededRandom random, bool canWrap)
    {
        yield return false;
        for (var i = 1; i < request.Variants; i++)
            yield return canWrap && random.Chance(request.Wrapped);
    }
}
