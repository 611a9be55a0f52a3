namespace OnnxChat.Gpt2.Tests.Checkpoints.Writers;

/// <summary>A tensor to write, row-major.</summary>
internal sealed record TestTensor(string Name, long[] Shape, float[] Values)
{
    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[Values.Length * sizeof(float)];
            Buffer.BlockCopy(Values, 0, bytes, 0, bytes.Length);
            return bytes;
        }
    }
}
