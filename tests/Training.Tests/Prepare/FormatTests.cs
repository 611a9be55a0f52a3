using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Tests.Fixtures;
using Parquet.Schema;
using Parquet.Serialization;

namespace OnnxChat.Training.Tests.Prepare;

public sealed class FormatTests
{
    [Fact]
    public async Task Prepare_JsonLines_TakesAllThatASampleHas()
    {
        using var folder = new PrepareFolder().With(
            "in.jsonl", """{"user":"hi","assistant":"Hello.","system":"Be kind.","group":"g","topic":"t","declined":true,"other":[1]}""", "", """{"user":"到哪了","assistant":"很快。","system":null}""");

        var run = await folder.RunAsync("in.jsonl", "--validation", "0");

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        Assert.Equal(
            [new Sample("hi", "Hello.") { System = "Be kind.", Group = "g", Topic = "t", Declined = true }, new Sample("到哪了", "很快。")], folder.Read("train.jsonl"));
    }

    [Theory]
    [InlineData("in.csv", ',')]
    [InlineData("in.tsv", '\t')]
    public async Task Prepare_Delimited_ReadsQuotesAndLineBreaks(string file, char separator)
    {
        using var folder = new PrepareFolder().With(
            file,
            string.Join(separator, "user", "assistant", "topic"),
            string.Join(separator, "\"two\nlines\"", "\"a \"\"quoted\"\" word, and more\"", "t"),
            string.Join(separator, "a 5\" nail", "Yes.", ""));

        var run = await folder.RunAsync(file, "--validation", "0");

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        Assert.Equal([new Sample("two\nlines", "a \"quoted\" word, and more") { Topic = "t" }, new Sample("a 5\" nail", "Yes.")], folder.Read("train.jsonl"));
    }

    [Fact]
    public async Task Prepare_NamedColumns_AreTaken()
    {
        using var folder = new PrepareFolder().With("in.csv", "question,answer,ticket,kind,role", "hi,Hello.,7,greeting,Be kind.");

        await folder.RunAsync(
            "in.csv", "--validation", "0", "--user-column", "question", "--assistant-column", "answer", "--group-column", "ticket", "--topic-column", "kind", "--system-column", "role");

        Assert.Equal([new Sample("hi", "Hello.") { Group = "7", Topic = "greeting", System = "Be kind." }], folder.Read("train.jsonl"));
    }

    [Fact]
    public async Task Prepare_Parquet_ReadsAllRowGroups()
    {
        using var folder = new PrepareFolder();
        var schema = new ParquetSchema(new DataField<string>("user"), new DataField<string>("assistant"), new DataField<int>("group"));
        await WriteAsync(folder["in.parquet"], schema, [Row(("user", "hi"), ("assistant", "Hello."), ("group", 1))], append: false);
        await WriteAsync(folder["in.parquet"], schema, [Row(("user", "到哪了"), ("assistant", "很快。"), ("group", 2))], append: true);

        var run = await folder.RunAsync("in.parquet", "--validation", "0");

        Assert.Equal("", run.Error);
        Assert.Equal([new Sample("hi", "Hello.") { Group = "1" }, new Sample("到哪了", "很快。") { Group = "2" }], folder.Read("train.jsonl"));
    }

    [Fact]
    public async Task Prepare_ParquetWithMessages_PairsTurns()
    {
        using var folder = new PrepareFolder();
        var schema = new ParquetSchema(new ListField("messages", new StructField("element", new DataField<string>("role"), new DataField<string>("content"))));
        List<IDictionary<string, object?>> turns = [Row(("role", "user"), ("content", "hi")), Row(("role", "assistant"), ("content", "Hello."))];
        await WriteAsync(folder["in.parquet"], schema, [Row(("messages", turns))], append: false);

        var run = await folder.RunAsync("in.parquet", "--validation", "0");

        Assert.Equal("", run.Error);
        Assert.Equal(("hi", "Hello."), folder.Read("train.jsonl").Select(sample => (sample.User, sample.Assistant)).Single());
    }

    [Theory]
    [InlineData("in.jsonl", """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"},{"role":"user","content":"anyone?"},{"role":"assistant","content":"Hello."},{"role":"assistant","content":"More."},{"role":"user","content":"bye"},{"role":"assistant","content":"Bye."},{"role":"user","content":"left"}]}""")]
    [InlineData("in.csv", "messages", """"[{""role"":""system"",""content"":""Be kind.""},{""role"":""user"",""content"":""hi""},{""role"":""user"",""content"":""anyone?""},{""role"":""assistant"",""content"":""Hello.""},{""role"":""user"",""content"":""bye""},{""role"":""assistant"",""content"":""Bye.""}]"""")]
    public async Task Prepare_Messages_EachQuestionGetsTheAnswerThatFollows(string file, params string[] lines)
    {
        using var folder = new PrepareFolder().With(file, lines.Length == 2 ? [lines[0], $"\"{lines[1].Trim('"')}\""] : lines);

        var run = await folder.RunAsync(file, "--validation", "0");

        Assert.Equal("", run.Error);
        var samples = folder.Read("train.jsonl");
        Assert.Equal([("hi\nanyone?", "Hello."), ("bye", "Bye.")], samples.Select(sample => (sample.User, sample.Assistant)));
        Assert.All(samples, sample => Assert.Equal("Be kind.", sample.System));
        Assert.Single(samples.Select(sample => sample.Group).Distinct());
    }

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] columns) => columns.ToDictionary(column => column.Name, column => column.Value);

    private static async Task WriteAsync(string path, ParquetSchema schema, IReadOnlyCollection<IDictionary<string, object?>> rows, bool append)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate);
        await ParquetSerializer.SerializeUntypedAsync(rows!, schema, file, new Parquet.ParquetOptions { Append = append }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
