namespace OnnxChat.Gpt2.Checkpoints.Files;

/// <summary>The formats that are read.</summary>
internal enum CheckpointFormat
{
    /// <summary><c>torch.save</c> since PyTorch 1.6: a zip with a pickle and one stored entry for each storage.</summary>
    TorchZip,

    /// <summary><c>torch.save</c> before PyTorch 1.6: five pickles, then the storages.</summary>
    TorchLegacy,

    /// <summary>safetensors: a JSON header, then the tensors.</summary>
    SafeTensors,
}
