using System.Globalization;
using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;
using Parquet;
using Parquet.Serialization;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>Parquet, as data sets are published in it: texts in columns, or a list of messages.</summary>
internal static class ParquetRows
{
    /// <exception cref="UserException">It is not Parquet, or lacks a column that is needed.</exception>
    public static async IAsyncEnumerable<InputRow> ReadAsync(string path, SampleColumns columns)
    {
        var number = 0L;
        var file = File.OpenRead(path);
        await using var _ = file.ConfigureAwait(false);
        var (names, groups) = await DescribeAsync(path, file).ConfigureAwait(false);
        columns.Require(path, names);
        for (var group = 0; group < groups; group++)
        {
            file.Position = 0;
            var read = await ParquetSerializer.DeserializeUntypedAsync(file, rowGroupIndex: group).ConfigureAwait(false);
            foreach (var row in read.Data)
                yield return new InputRow(++number, Values(row));
        }
    }

    private static async Task<(string[] Names, int Groups)> DescribeAsync(string path, Stream file)
    {
        try
        {
            var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true).ConfigureAwait(false);
            await using var _ = reader.ConfigureAwait(false);
            return ([.. reader.Schema.Fields.Select(field => field.Name)], reader.RowGroupCount);
        }
        catch (Exception e) when (e is IOException or ParquetException or InvalidDataException)
        {
            throw new UserException($"{path} is no Parquet file, or is damaged: {e.Message}", e);
        }
    }

    private static Dictionary<string, string> Values(IDictionary<string, object> row)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in row.Where(column => column.Value is not null))
        {
            values[name] = value switch
            {
                string text => text,
                IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
                bool flag => flag ? "true" : "false",
                _ => JsonSerializer.Serialize(value),
            };
        }

        return values;
    }
}
