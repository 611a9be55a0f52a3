using OnnxChat.Gpt2.Export;

namespace OnnxChat.ModelTools.Import;

/// <summary>What an import did.</summary>
/// <param name="Folder">The model folder.</param>
/// <param name="Configuration">The model's shape, and where it is known from.</param>
/// <param name="Parameters">Weights in all; a tied head counts once.</param>
/// <param name="Tokenizer">The tokenizer that was written.</param>
/// <param name="Precision">How matrices are stored.</param>
/// <param name="Template">The template, with what is to be said of it.</param>
/// <param name="Bytes">Size of the folder.</param>
/// <param name="Verification">How far the model is from the checkpoint.</param>
/// <param name="Int8">How far its int8 form would be; measured for int4 only.</param>
internal sealed record ImportReport(
    string Folder, ImportConfiguration Configuration, long Parameters, TokenizerFolder Tokenizer, ModelPrecision Precision, ImportTemplate Template, long Bytes,
    VerificationResult Verification, VerificationResult? Int8);
