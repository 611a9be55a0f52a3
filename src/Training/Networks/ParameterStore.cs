using TorchSharp;

namespace OnnxChat.Training.Networks;

/// <summary>
/// A network's weights and gradients, each in one piece of memory of which the named tensors are views: the optimizer
/// steps over all of them in a few calls, and a state file is these pieces.
/// </summary>
internal sealed class ParameterStore : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, torch.Tensor> _gradients = new(StringComparer.Ordinal);

    /// <param name="shapes">The tensors; those of two dimensions come first in memory.</param>
    /// <param name="device">Where they lie.</param>
    public ParameterStore(IReadOnlyDictionary<string, long[]> shapes, torch.Device device)
    {
        var ordered = shapes.OrderBy(shape => shape.Value.Length < 2).ToList();
        Length = ordered.Sum(shape => Elements(shape.Value));
        MatrixLength = ordered.Where(shape => shape.Value.Length >= 2).Sum(shape => Elements(shape.Value));
        Weights = torch.zeros(Length, torch.float32, device).DetachFromDisposeScope();
        Gradients = torch.zeros(Length, torch.float32, device).DetachFromDisposeScope();
        Names = [.. shapes.Keys];
        long at = 0;
        foreach (var (name, shape) in ordered)
        {
            var length = Elements(shape);
            _gradients[name] = Gradients.narrow(0, at, length).view(shape).DetachFromDisposeScope();
            _views[name] = Weights.narrow(0, at, length).view(shape).detach().requires_grad_().DetachFromDisposeScope();
            _places[name] = at;
            at += length;
        }

        ConnectGradients();
    }

    /// <summary>All weights, matrices first.</summary>
    public torch.Tensor Weights { get; }

    /// <summary>Their gradients, in the same places.</summary>
    public torch.Tensor Gradients { get; }

    /// <summary>Numbers in all.</summary>
    public long Length { get; }

    /// <summary>Numbers in tensors of two or more dimensions: those that decay.</summary>
    public long MatrixLength { get; }

    /// <summary>The tensors' names in the model's order.</summary>
    public IReadOnlyList<string> Names { get; }

    public torch.Tensor this[string name] => _views[name];

    public void ClearGradients()
    {
        using var none = torch.no_grad();
        _ = Gradients.zero_();
    }

    /// <summary>The gradients' Euclidean length; they are shortened to <paramref name="most"/> where they are longer.</summary>
    public double ClipGradients(double most)
    {
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var norm = torch.linalg.norm(Gradients).ToDouble();
        if (norm > most)
            _ = Gradients.mul_(most / (norm + 1e-6));
        return norm;
    }

    /// <summary>The named tensors of a piece of memory laid out as <see cref="Weights"/>.</summary>
    /// <param name="values">The piece.</param>
    /// <param name="rename">What the tensors are called.</param>
    public IReadOnlyList<(string Name, long[] Shape, Func<float[]> Read)> Tensors(torch.Tensor values, Func<string, string> rename) =>
        [.. Names.Select(name => (rename(name), _views[name].shape, (Func<float[]>)(() => Read(values, name))))];

    public void Dispose()
    {
        foreach (var tensor in _views.Values.Concat(_gradients.Values))
            tensor.Dispose();
        Weights.Dispose();
        Gradients.Dispose();
    }

    private float[] Read(torch.Tensor values, string name)
    {
        using var scope = torch.NewDisposeScope();
        return values.narrow(0, _places[name], _views[name].numel()).cpu().data<float>().ToArray();
    }

    // Backward passes add to the gradient that is there, in place.
    private void ConnectGradients()
    {
        foreach (var (name, view) in _views)
            view.grad = _gradients[name];
    }

    private static long Elements(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
