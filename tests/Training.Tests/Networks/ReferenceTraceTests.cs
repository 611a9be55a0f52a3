using System.Text.Json;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Testing;
using OnnxChat.Training.Native;
using OnnxChat.Training.Networks;
using OnnxChat.Training.Optimization;
using OnnxChat.Training.Texts;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace OnnxChat.Training.Tests.Networks;

/// <summary>Twenty steps that the reference stack (PyTorch, transformers) took, step by step.</summary>
public sealed class ReferenceTraceTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "fixtures", "gpt2-tiny", "training");

    [Fact]
    public void Steps_OfTheReference_GiveItsLossesGradientsAndWeights()
    {
        TorchLibrary.Load(threads: 1);
        var shape = new Gpt2Configuration { VocabularySize = 1005, Context = 128, Width = 32, Layers = 2, Heads = 2, InnerWidth = 128 };
        using var network = new Gpt2Network(shape, torch.CPU);
        using (var initial = Checkpoint.Open(Path.Combine(Folder, "initial.safetensors")))
            InitialWeights.Copy(Gpt2Weights.Open(initial, shape), network);
        using var optimizer = new AdamW(network.Parameters, new AdamWOptions { Beta2 = 0.95, WeightDecay = 0.1 });

        using var trace = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "trace.json")));
        var number = 0;
        foreach (var step in trace.RootElement.GetProperty("steps").EnumerateArray())
        {
            number++;
            var texts = step.GetProperty("batch").EnumerateArray().Select(ids => new TrainingText([.. ids.EnumerateArray().Select(id => id.GetInt32())], 0, 0)).ToList();
            network.Parameters.ClearGradients();
            var loss = Backward(network, new TokenBatch(texts, LossWeights.Even, padding: 0));
            var norm = network.Parameters.ClipGradients(1);
            optimizer.Step(number, step.GetProperty("lr").GetDouble());

            var expected = step.GetProperty("loss").GetDouble();
            Assert.InRange(loss / expected, 1 - 1e-4, 1 + 1e-4);
            Assert.InRange(norm / step.GetProperty("grad_norm").GetDouble(), 1 - 1e-3, 1 + 1e-3);
        }

        Assert.Equal(20, number);
        using var after = Checkpoint.Open(Path.Combine(Folder, "after-20-steps.safetensors"));
        var weights = Gpt2Weights.Open(after, shape);
        foreach (var (name, _, read) in network.Parameters.Tensors(network.Parameters.Weights, name => name))
            Assert.All(read().Zip(weights.Read(name)), pair => Assert.InRange(pair.First - pair.Second, -1e-3, 1e-3));
    }

    private static double Backward(Gpt2Network network, TokenBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var hidden = network.Hidden(batch.TokenTensor(torch.CPU)).index_select(0, batch.PositionTensor(torch.CPU));
        var loss = functional.cross_entropy(network.Logits(hidden), batch.TargetTensor(torch.CPU));
        loss.backward();
        return loss.ToDouble();
    }
}
