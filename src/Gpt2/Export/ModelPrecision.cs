using System.Diagnostics.CodeAnalysis;

namespace OnnxChat.Gpt2.Export;

/// <summary>How the matrices of a written model are stored. The numbers are kept in files' provenance by name, not by value.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The field names precisions by their types.")]
public enum ModelPrecision
{
    /// <summary>32-bit floats: the reference, four times the size of <see cref="Int8"/>.</summary>
    Float32 = 0,

    /// <summary>8-bit integers in blocks of at most 128 with one 32-bit scale each: the form to serve on a CPU.</summary>
    Int8 = 1,

    /// <summary>
    /// 4-bit integers in blocks of 32 with one scale each, the embedding and the head in 8 bits: smaller than
    /// <see cref="Int8"/> and much further from the checkpoint.
    /// </summary>
    Int4 = 2,

    /// <summary>16-bit floats, keys and values too: the form for GPUs.</summary>
    Float16 = 3,
}
