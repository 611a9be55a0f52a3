namespace OnnxChat.Fuzzing;

/// <summary>
/// Something that reads what others wrote. Whatever the input, it takes it or refuses it by the exceptions that it
/// documents. A finding is any other exception, an execution that does not end, or more memory than the limit.
/// Not safe for concurrent use: whoever runs two at once makes two.
/// </summary>
internal interface IFuzzTarget : IAsyncDisposable
{
    /// <summary>The name on the command line and of the folder of its findings.</summary>
    string Name { get; }

    /// <summary>What its inputs look like, for those who change them.</summary>
    InputKind Kind { get; }

    /// <summary>Small inputs that are taken; all others are made from them.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Words of the format that chance alone would hardly write.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>Most bytes that an input of a length may make it allocate in all.</summary>
    long MostAllocated(int length);

    /// <summary>Reads one input.</summary>
    ValueTask<Outcome> RunAsync(byte[] input);
}
