namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>The older form of a tokenizer: <c>vocab.json</c>, <c>merges.txt</c>, and what was added in files beside them.</summary>
internal static class VocabularyFiles
{
    public static TokenizerFolder Read(string folder)
    {
        var vocabularyPath = Path.Combine(folder, "vocab.json");
        var mergesPath = Path.Combine(folder, "merges.txt");
        if (!File.Exists(vocabularyPath) || !File.Exists(mergesPath))
            throw Missing(folder);

        try
        {
            var vocabulary = TokenizerJson.ReadVocabulary(JsonFile.ReadObject(vocabularyPath));
            return new TokenizerFolder(vocabulary, ReadMerges(mergesPath), AddedTokenFiles.Read(folder, vocabulary));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException($"The tokenizer in {folder} cannot be used: {e.Message}", e);
        }
    }

    private static List<TokenMerge> ReadMerges(string path)
    {
        var merges = new List<TokenMerge>();
        var first = true;
        foreach (var line in File.ReadLines(path))
        {
            // Only the first line can be a comment: "#" is a token like any other.
            var isHeader = first && line.StartsWith("#version", StringComparison.Ordinal);
            first = false;
            if (!isHeader && line.Length > 0)
                merges.Add(TokenizerJson.ParseMerge(line, merges.Count + 1));
        }

        return merges;
    }

    private static Exception Missing(string folder)
    {
        foreach (var (name, kind) in (ReadOnlySpan<(string, string)>)
            [("vocab.txt", "WordPiece"), ("tokenizer.model", "SentencePiece"), ("spiece.model", "SentencePiece"), ("sentencepiece.bpe.model", "SentencePiece")])
        {
            if (File.Exists(Path.Combine(folder, name)))
                return new NotSupportedException($"{Path.Combine(folder, name)} is a {kind} tokenizer. Only byte-level BPE as GPT-2 has it is supported.");
        }

        return new FileNotFoundException(
            $"{folder} has no tokenizer: neither tokenizer.json nor vocab.json with merges.txt. Put the checkpoint's tokenizer files there, or name the folder that has them.");
    }
}
