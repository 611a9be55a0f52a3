using System.Security.Cryptography;
using OnnxChat.Gpt2.Checkpoints.Files;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>
/// The tensors of a PyTorch or safetensors checkpoint. Opening reads names and shapes only; nothing in the file is
/// ever resolved, imported or called. Reading is safe from several threads.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly Dictionary<string, TensorLayout> _layouts;
    private readonly IReadOnlyList<CheckpointFile> _files;

    internal Checkpoint(string path, IReadOnlyList<CheckpointFile> files, Dictionary<string, TensorLayout> layouts)
    {
        Path = path;
        _files = files;
        _layouts = layouts;
        Tensors = [.. layouts.Select(pair => new CheckpointTensor(pair.Key, pair.Value.ElementType, pair.Value.Shape))];
        Files = [.. files.Select(file => file.Path)];
    }

    /// <summary>The path that was opened.</summary>
    public string Path { get; }

    /// <summary>The files that hold the weights, by name; several where the checkpoint is sharded.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Every tensor, in the file's order.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>
    /// Opens a file (<c>torch.save</c> in its zip or legacy form, safetensors, or an index of shards), or a folder that
    /// holds one: <c>model.safetensors</c>, its index, <c>pytorch_model.bin</c>, its index, or else its only weights file.
    /// </summary>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="CheckpointException">The path cannot be read, or the file is none of these, damaged, or would run code.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CheckpointOpener.Open(path);
    }

    /// <summary>Reads one tensor as 32-bit floats in row-major order.</summary>
    /// <param name="name">A name from <see cref="Tensors"/>.</param>
    /// <exception cref="ArgumentException">The checkpoint has no tensor of that name.</exception>
    /// <exception cref="CheckpointException">The file can no longer be read.</exception>
    public float[] Read(string name) => TensorReader.Read(Layout(name), name);

    /// <summary>
    /// SHA-256 of the weights for a record of where a model came from: of the file, or of the shards' bytes one after
    /// another in the order of their names.
    /// </summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="CheckpointException">A file can no longer be read.</exception>
    public string ComputeSha256(CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var file in _files)
        {
            for (long offset = 0; offset < file.Length; offset += buffer.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - offset));
                file.Read(offset, piece);
                hash.AppendData(piece);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    internal TensorLayout Layout(string name) =>
        _layouts.TryGetValue(name, out var layout) ? layout : throw new ArgumentException($"{Path} has no tensor '{name}'.", nameof(name));
}
