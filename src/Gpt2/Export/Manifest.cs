using System.Security.Cryptography;
using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>The file <c>onnxchat.json</c>, format 1.</summary>
internal static class Manifest
{
    private const int FormatVersion = 1;

    public static void Write(
        string path, string name, ModelTemplate template, TokenizerFolder tokenizer, Provenance provenance, IReadOnlyList<string> files)
    {
        JsonFile.WriteObject(path, json =>
        {
            json.WriteNumber("format_version", FormatVersion);
            json.WriteString("name", name);
            json.WriteStartObject("template");
            template.Write(json);
            json.WriteEndObject();
            json.WriteStartObject("special_tokens");
            foreach (var token in tokenizer.SpecialTokens)
                json.WriteNumber(token.Content, token.Id);
            json.WriteEndObject();
            WriteProvenance(json, provenance);
            json.WriteStartObject("files");
            foreach (var file in files)
                WriteFile(json, file);
            json.WriteEndObject();
        });
    }

    private static void WriteProvenance(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("checkpoint", provenance.Checkpoint);
        json.WriteString("checkpoint_sha256", provenance.CheckpointSha256);
        if (provenance.Configuration is { } configuration)
            json.WriteString("configuration", configuration);
        json.WriteString("precision", provenance.Precision.Name());
        json.WriteString("tool", provenance.Tool);
        if (provenance.Verification is { } verification)
        {
            json.WriteStartObject("verification");
            json.WriteNumber("prompts", verification.Prompts);
            json.WriteNumber("positions", verification.Positions);
            json.WriteNumber("max_logit_difference", verification.MaxLogitDifference);
            json.WriteNumber("mean_kl", verification.MeanKl);
            json.WriteNumber("top1_agreement", verification.TopAgreement);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string path)
    {
        using var file = File.OpenRead(path);
        json.WriteStartObject(Path.GetFileName(path));
        json.WriteNumber("bytes", file.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(file)));
        json.WriteEndObject();
    }
}
