using System.Runtime.InteropServices;
using System.Text.Json;
using OnnxChat.ModelTools;
using OnnxChat.ModelTools.CommandLine;
using TorchSharp;

namespace OnnxChat.Training.Runs;

/// <summary>All that a run needs to go on as if it had never stopped.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Time spent so far.</param>
/// <param name="Tokens">Tokens seen so far.</param>
/// <param name="Best">The best evaluation; null before the first.</param>
/// <param name="BestStep">The step of it.</param>
/// <param name="WithoutBetter">Evaluations since then.</param>
internal sealed record TrainingState(long Step, double Seconds, long Tokens, ValidationScores? Best, long BestStep, int WithoutBetter)
{
    public static TrainingState Start { get; } = new(0, 0, 0, null, 0, 0);

    /// <summary>Writes the state with the trainer's weights, moments and averages.</summary>
    public void Save(string path, Trainer trainer) => WholeFile.Write(path, partial =>
    {
        using var file = File.Create(partial);
        using var writer = new BinaryWriter(file);
        writer.Write(JsonSerializer.Serialize(this));
        foreach (var tensor in Tensors(trainer))
        {
            using var scope = torch.NewDisposeScope();
            writer.Write(tensor.numel());
            writer.Write(MemoryMarshal.AsBytes(tensor.cpu().data<float>().ToArray().AsSpan()));
        }
    });

    /// <summary>Reads a state into the trainer.</summary>
    /// <exception cref="UserException">The file is damaged, or of another model.</exception>
    public static TrainingState Load(string path, Trainer trainer)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new BinaryReader(file);
            var state = JsonSerializer.Deserialize<TrainingState>(reader.ReadString())!;
            foreach (var tensor in Tensors(trainer))
                Read(reader, tensor);
            trainer.Step = state.Step;
            return state;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or JsonException or FormatException)
        {
            throw new UserException($"{path} is not the state of this run: {e.Message} Start again without --resume.", e);
        }
    }

    private static IEnumerable<torch.Tensor> Tensors(Trainer trainer)
    {
        yield return trainer.Network.Parameters.Weights;
        yield return trainer.Optimizer.FirstMoments;
        yield return trainer.Optimizer.SecondMoments;
        if (trainer.Average is { } average)
            yield return average.Values;
    }

    private static void Read(BinaryReader reader, torch.Tensor tensor)
    {
        var count = reader.ReadInt64();
        if (count != tensor.numel())
            throw new InvalidDataException($"it holds {count} numbers where this model has {tensor.numel()}.");
        var values = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _ = tensor.copy_(torch.tensor(values));
    }
}
