namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Makes inputs of others. The same chance makes the same inputs.</summary>
internal interface IMutator
{
    /// <param name="input">What to change; it stays as it is.</param>
    /// <param name="other">Another input, to take a part from.</param>
    /// <returns>Null where it cannot change an input of this form.</returns>
    byte[]? Mutate(byte[] input, byte[] other);
}
