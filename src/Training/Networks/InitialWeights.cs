using OnnxChat.Gpt2;
using OnnxChat.ModelTools.CommandLine;
using TorchSharp;

namespace OnnxChat.Training.Networks;

/// <summary>The weights that training begins with.</summary>
internal static class InitialWeights
{
    private const double Deviation = 0.02;

    /// <summary>Draws weights as GPT-2's authors did.</summary>
    public static void Draw(Gpt2Network network, int seed)
    {
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _ = torch.manual_seed(seed);
        // What is added to the residual stream shrinks with the number of additions.
        var projection = Deviation / Math.Sqrt(2 * network.Configuration.Layers);
        foreach (var name in network.Parameters.Names)
        {
            var tensor = network.Parameters[name];
            if (name.EndsWith(".bias", StringComparison.Ordinal))
                _ = tensor.zero_();
            else if (tensor.shape.Length < 2)
                _ = tensor.fill_(1);
            else
                _ = tensor.normal_(0, name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? projection : Deviation);
        }
    }

    /// <summary>Takes the weights of a checkpoint.</summary>
    public static void Copy(IGpt2Weights weights, Gpt2Network network)
    {
        using var none = torch.no_grad();
        foreach (var name in network.Parameters.Names)
        {
            using var scope = torch.NewDisposeScope();
            var tensor = network.Parameters[name];
            var values = weights.Read(name);
            if (values.LongLength != tensor.numel())
                throw new UserException($"The checkpoint's {name} has {values.LongLength} numbers, the model {tensor.numel()}.");
            _ = tensor.copy_(torch.tensor(values).view(tensor.shape));
        }
    }
}
