using OnnxChat.Gpt2.Export;

namespace OnnxChat.ModelTools.Import;

/// <summary>What an import did.</summary>
internal sealed record ImportReport(
    string Folder, ImportConfiguration Configuration, long Parameters, TokenizerFolder Tokenizer, ModelPrecision Precision, PromptTemplate Template, long Bytes, VerificationResult Verification);
