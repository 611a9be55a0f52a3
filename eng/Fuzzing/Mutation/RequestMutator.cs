namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Changes the body of a request, mostly, or what stands before it.</summary>
internal sealed class RequestMutator(IMutator body, IMutator bytes, IMutator head, Random random) : IMutator
{
    private static ReadOnlySpan<byte> EmptyLine => "\n\n"u8;

    public byte[]? Mutate(byte[] input, byte[] other)
    {
        var end = input.AsSpan().IndexOf(EmptyLine);
        if (end < 0)
            return null;
        var start = end + EmptyLine.Length;
        var choice = random.Next(4);
        if (choice == 0 || start == input.Length)
            return [.. head.Mutate(input[..end], []) ?? [], .. input[end..]];
        var changed = choice == 1 ? bytes.Mutate(input[start..], []) : body.Mutate(input[start..], []);
        return changed is null ? null : [.. input[..start], .. changed];
    }
}
