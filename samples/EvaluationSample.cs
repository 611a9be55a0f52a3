using System.Text.Json;
using Microsoft.Extensions.AI;
using OnnxChat.Connector;

namespace OnnxChat.Samples;

/// <summary>How a model does on one's own questions: what it says right, says wrong and hands over.</summary>
internal static class EvaluationSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        await using var chat = new OnnxChatService(model);
        int right = 0, wrong = 0, handedOver = 0;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, "questions.jsonl"), cancellationToken))
        {
            var item = JsonElement.Parse(line);
            var reply = await chat.GetResponseAsync(item.GetProperty("user").GetString()!, new ChatOptions { Temperature = 0 }, cancellationToken);
            var unsure = reply.AdditionalProperties?[OnnxChatConfidence.MetadataKey] is OnnxChatConfidence { BelowThreshold: true };
            // What a right answer must say; a whole file is for 'onnxchat evaluate', with losses, intervals and a report.
            var says = reply.Text.Contains(item.GetProperty("says").GetString()!, StringComparison.OrdinalIgnoreCase);
            var verdict = unsure ? "handed over" : says ? "right" : "wrong";
            await output.WriteLineAsync($"{verdict,-11}  {item.GetProperty("user").GetString()}");
            (right, wrong, handedOver) = (right + (verdict == "right" ? 1 : 0), wrong + (verdict == "wrong" ? 1 : 0), handedOver + (unsure ? 1 : 0));
        }

        await output.WriteLineAsync($"{right} right, {wrong} wrong, {handedOver} handed over");
    }
}
