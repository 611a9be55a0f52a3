using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>Reads a file of samples by the ending of its name.</summary>
internal static class InputFile
{
    /// <exception cref="UserException">It is not there, empty, or of another kind.</exception>
    public static IAsyncEnumerable<InputRow> ReadAsync(string path, SampleColumns columns)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new UserException($"{path} does not exist. Name files of samples: .jsonl, .csv, .tsv or .parquet.");
        if (file.Length == 0)
            throw new UserException($"{path} is empty; it must hold at least one sample.");
        return file.Extension.ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => JsonLinesReader.Read(path).ToAsyncEnumerable(),
            ".csv" => DelimitedReader.Read(path, ',', columns).ToAsyncEnumerable(),
            ".tsv" => DelimitedReader.Read(path, '\t', columns).ToAsyncEnumerable(),
            ".parquet" => ParquetRows.ReadAsync(path, columns),
            var other => throw new UserException($"{path} ends with '{other}'; files of samples end with .jsonl, .csv, .tsv or .parquet."),
        };
    }
}
