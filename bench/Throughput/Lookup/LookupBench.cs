using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OnnxChat.Connector;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Throughput.Lookup;

/// <summary>Measures what the score of a reply costs: once a reply, with the index of a calibrated model folder.</summary>
internal static class LookupBench
{
    private const int Warmups = 200;
    private const int Rounds = 5;

    /// <summary>Scores every question, with its wanted answer as reply, several times.</summary>
    /// <param name="folder">A model folder that <c>onnxchat calibrate</c> was run on.</param>
    /// <param name="questions">JSONL with <c>user</c> and <c>assistant</c>.</param>
    /// <returns>A sentence with the figures.</returns>
    /// <exception cref="InvalidDataException">The folder has no index, or the file no questions.</exception>
    public static string Run(string folder, string questions)
    {
        var confidence = ModelFolder.Open(folder).Confidence;
        if (confidence?.Index is not { } index)
            throw new InvalidDataException($"{folder} has no index of known questions. Make one with 'onnxchat calibrate {folder} --known train.jsonl --validation validation.jsonl'.");
        var asked = File.ReadLines(questions).Where(l => l.Length > 0).Select(l => JsonElement.Parse(l))
            .Select(q => (User: q.GetProperty("user").GetString()!, Assistant: q.GetProperty("assistant").GetString()!)).ToList();
        if (asked.Count == 0)
            throw new InvalidDataException($"{questions} holds no question.");

        var figures = new OnnxChatConfidence(-0.1, -0.5, 0.2);
        for (var i = 0; i < Warmups; i++)
            confidence.Score(asked[i % asked.Count].User, asked[i % asked.Count].Assistant, figures);

        // Other work on the machine interrupts; the fastest of several tells what a question costs.
        var times = Enumerable.Repeat(double.MaxValue, asked.Count).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < asked.Count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                confidence.Score(asked[i].User, asked[i].Assistant, figures);
                times[i] = Math.Min(times[i], Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (times.Count * Rounds);
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{times.Count:N0} questions looked up among {index.Neighbours.Count:N0} known ones, the fastest of {Rounds} times each: {times.Average():0.00} ms on average, half below {At(0.5):0.00} ms, 99 of 100 below {At(0.99):0.00} ms, all below {times[^1]:0.00} ms, {allocated / 1024.0:0} KiB allocated each.");

        double At(double share) => times[(int)(share * (times.Count - 1))];
    }
}
