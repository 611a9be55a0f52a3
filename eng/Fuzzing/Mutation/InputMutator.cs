namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Changes an input of a kind in one to several places, mostly by what the kind is made of.</summary>
internal sealed class InputMutator
{
    private const int MostChanges = 5;

    private readonly Random _random;
    private readonly IMutator _structure;
    private readonly ByteMutator _bytes;

    public InputMutator(InputKind kind, IReadOnlyList<string> words, Random random)
    {
        _random = random;
        _bytes = new ByteMutator(random, [.. words, .. OddValues.Texts]);
        _structure = kind switch
        {
            InputKind.Json => new JsonMutator(random, words),
            InputKind.Text => new TextMutator(random, words),
            InputKind.Request => new RequestMutator(new JsonMutator(random, words), _bytes, new TextMutator(random, words), random),
            _ => _bytes,
        };
    }

    /// <param name="pool">At least one input.</param>
    /// <param name="longest">Most bytes of what is made.</param>
    public byte[] Next(IReadOnlyList<byte[]> pool, int longest)
    {
        var input = pool[_random.Next(pool.Count)];
        for (var left = _random.Next(1, MostChanges + 1); left > 0; left--)
        {
            var other = pool[_random.Next(pool.Count)];
            input = (_random.Next(4) == 0 ? null : _structure.Mutate(input, other)) ?? _bytes.Mutate(input, other);
        }

        return input.Length <= longest ? input : input[..longest];
    }
}
