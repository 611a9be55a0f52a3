using System.Runtime.InteropServices;

namespace OnnxChat.Throughput.Llama;

/// <summary><c>llama_batch</c>: tokens with their positions and sequences.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatch
{
    public int Count;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** Sequences;
    public sbyte* WantsLogits;

    /// <summary>Adds one token to a batch that <c>llama_batch_init</c> made.</summary>
    public void Add(int token, int position, int sequence, bool wantsLogits)
    {
        Tokens[Count] = token;
        Positions[Count] = position;
        SequenceCounts[Count] = 1;
        Sequences[Count][0] = sequence;
        WantsLogits[Count] = wantsLogits ? (sbyte)1 : (sbyte)0;
        Count++;
    }
}
