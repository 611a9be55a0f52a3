using System.Text;

namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Changes text by the words of its grammar.</summary>
internal sealed class TextMutator(Random random, IReadOnlyList<string> words) : IMutator
{
    public byte[] Mutate(byte[] input, byte[] other) => Encoding.UTF8.GetBytes(OddValues.Spoil(random, Encoding.UTF8.GetString(input), words));
}
