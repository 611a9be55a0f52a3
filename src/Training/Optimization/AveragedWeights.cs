using OnnxChat.Training.Networks;
using TorchSharp;

namespace OnnxChat.Training.Optimization;

/// <summary>An exponential moving average of the weights: it answers better than the weights of any single step.</summary>
internal sealed class AveragedWeights : IDisposable
{
    private readonly ParameterStore _parameters;
    private readonly double _decay;

    /// <param name="parameters">What is averaged.</param>
    /// <param name="decay">How slowly the average follows, 0 to below 1.</param>
    public AveragedWeights(ParameterStore parameters, double decay)
    {
        _parameters = parameters;
        _decay = decay;
        Values = parameters.Weights.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>The averages, laid out as the store's weights.</summary>
    public torch.Tensor Values { get; }

    /// <param name="step">The step, from 1. In the beginning the average follows fast: the first weights mean nothing.</param>
    public void Add(long step)
    {
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var decay = Math.Min(_decay, (1.0 + step) / (10 + step));
        _ = Values.mul_(decay).add_(_parameters.Weights, alpha: 1 - decay);
    }

    /// <summary>Begins anew from the weights as they are.</summary>
    public void Restart()
    {
        using var none = torch.no_grad();
        _ = Values.copy_(_parameters.Weights);
    }

    /// <summary>Has the network compute with the averages until the result is disposed.</summary>
    public IDisposable InPlace() => new Exchange(_parameters.Weights, Values);

    public void Dispose() => Values.Dispose();

    private sealed class Exchange : IDisposable
    {
        private readonly torch.Tensor _weights;
        private readonly torch.Tensor _kept;

        public Exchange(torch.Tensor weights, torch.Tensor values)
        {
            using var none = torch.no_grad();
            _weights = weights;
            _kept = weights.clone().DetachFromDisposeScope();
            _ = weights.copy_(values);
        }

        public void Dispose()
        {
            using var none = torch.no_grad();
            _ = _weights.copy_(_kept);
            _kept.Dispose();
        }
    }
}
