using System.Text.Json.Nodes;
using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Calibrate;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

public sealed class CalibrationFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, "By hand")]
    [InlineData(true, "en/returns")]
    public void Write_TopicsByHand_StayUnlessTheKnownQuestionsHaveTheirOwn(bool known, string expected)
    {
        File.WriteAllText(_folder["onnxchat.json"], """{"format_version": 1, "topics": [{"name": "By hand"}]}""");

        CalibrationFolder.Write(_folder.Path, new ConfidenceEntry { Threshold = 0.5 }, null, known ? [new() { Name = "en/returns" }] : []);

        var topics = JsonNode.Parse(File.ReadAllText(_folder["onnxchat.json"]))!["topics"]!.AsArray();
        Assert.Equal(expected, (string)Assert.Single(topics)!["name"]!);
    }
}
