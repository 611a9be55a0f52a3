using OnnxChat.Training.Networks;
using TorchSharp;

namespace OnnxChat.Training.Optimization;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch computes it. Only matrices decay.</summary>
internal sealed class AdamW : IDisposable
{
    private readonly ParameterStore _parameters;
    private readonly AdamWOptions _options;

    public AdamW(ParameterStore parameters, AdamWOptions options)
    {
        _parameters = parameters;
        _options = options;
        FirstMoments = torch.zeros_like(parameters.Weights).DetachFromDisposeScope();
        SecondMoments = torch.zeros_like(parameters.Weights).DetachFromDisposeScope();
    }

    /// <summary>Running means of the gradients.</summary>
    public torch.Tensor FirstMoments { get; }

    /// <summary>Running means of the gradients' squares.</summary>
    public torch.Tensor SecondMoments { get; }

    /// <param name="step">The step, from 1.</param>
    /// <param name="learningRate">The step's rate.</param>
    public void Step(long step, double learningRate)
    {
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (beta1, beta2) = (_options.Beta1, _options.Beta2);
        var gradients = _parameters.Gradients;
        if (_options.WeightDecay > 0)
            _ = _parameters.Weights.narrow(0, 0, _parameters.MatrixLength).mul_(1 - (learningRate * _options.WeightDecay));
        _ = FirstMoments.mul_(beta1).add_(gradients, alpha: 1 - beta1);
        _ = SecondMoments.mul_(beta2).addcmul_(gradients, gradients, 1 - beta2);
        var scale = SecondMoments.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(_options.Epsilon);
        _ = _parameters.Weights.addcdiv_(FirstMoments, scale, -learningRate / (1 - Math.Pow(beta1, step)));
    }

    public void Dispose()
    {
        FirstMoments.Dispose();
        SecondMoments.Dispose();
    }
}
