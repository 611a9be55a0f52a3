namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>Hugging Face's <c>tokenizer_config.json</c>: which tokens play which part.</summary>
internal static class TokenizerConfig
{
    public static void Write(string path, TokenizerFolder tokenizer)
    {
        var roles = SpecialRoles.Of(tokenizer);
        JsonFile.WriteObject(path, json =>
        {
            json.WriteBoolean("add_prefix_space", false);
            json.WriteString("bos_token", roles.Beginning.Content);
            json.WriteString("eos_token", roles.End.Content);
            json.WriteString("errors", "replace");
            json.WriteStartArray("extra_special_tokens");
            foreach (var token in tokenizer.SpecialTokens.Except([roles.Beginning, roles.End, roles.Padding]))
                json.WriteStringValue(token.Content);
            json.WriteEndArray();
            json.WriteString("pad_token", roles.Padding.Content);
            json.WriteString("tokenizer_class", "GPT2Tokenizer");
            json.WriteString("unk_token", roles.Beginning.Content);
        });
    }
}
