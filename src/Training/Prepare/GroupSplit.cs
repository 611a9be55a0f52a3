using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare;

/// <summary>
/// Parts samples by a hash of their group, so that a group is on one side whatever else there is; samples without one are
/// a group by their question.
/// </summary>
internal sealed class GroupSplit
{
    private readonly HashSet<string> _validation;

    /// <param name="samples">All samples.</param>
    /// <param name="validation">The share of the groups for validation, 0 to below 1.</param>
    /// <param name="seed">Another one parts them otherwise.</param>
    public GroupSplit(IEnumerable<Sample> samples, double validation, int seed)
    {
        var groups = samples.Select(GroupOf).Distinct()
            .Select(name => (Name: name, Place: SeededRandom.Hash(seed, name) / (double)ulong.MaxValue))
            .OrderBy(group => group.Place)
            .ToList();
        // Few groups may all lie on one side by chance; the nearest to the border then changes it.
        var count = groups.Count(group => group.Place < validation);
        if (validation > 0 && groups.Count > 1)
            count = Math.Clamp(count, 1, groups.Count - 1);
        Groups = groups.Count;
        _validation = [.. groups.Take(count).Select(group => group.Name)];
    }

    /// <summary>How many groups there are on both sides.</summary>
    public int Groups { get; }

    public bool IsValidation(Sample sample) => _validation.Contains(GroupOf(sample));

    private static string GroupOf(Sample sample) => sample.Group ?? $"question:{sample.User}";
}
