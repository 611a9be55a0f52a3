namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>How a tensor's elements are stored, by safetensors' names; all are little-endian.</summary>
public enum CheckpointElementType
{
    /// <summary>64-bit IEEE float; read as the nearest 32-bit float.</summary>
    F64,

    /// <summary>32-bit IEEE float.</summary>
    F32,

    /// <summary>16-bit IEEE float.</summary>
    F16,

    /// <summary>The upper 16 bits of a 32-bit IEEE float.</summary>
    BF16,

    /// <summary>64-bit signed integer; read as the nearest 32-bit float.</summary>
    I64,

    /// <summary>32-bit signed integer; read as the nearest 32-bit float.</summary>
    I32,

    /// <summary>16-bit signed integer.</summary>
    I16,

    /// <summary>8-bit signed integer.</summary>
    I8,

    /// <summary>8-bit unsigned integer.</summary>
    U8,

    /// <summary>One byte: zero is false (0), anything else true (1).</summary>
    Bool,
}
