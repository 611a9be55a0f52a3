using System.Globalization;
using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>A model folder loaded by ONNX Runtime GenAI. The only folder of the connector that calls GenAI is this one.</summary>
/// <remarks>GenAI crashes the process when a disposed object is used, so its owner ends every sequence first.</remarks>
internal sealed class GenAIModel : ICausalModel
{
    private readonly Model _model;
    private readonly int _vocabularySize;
    private readonly int _padToken;

    private GenAIModel(Model model, GenAIConfiguration configuration, string provider)
    {
        _model = model;
        ExecutionProvider = provider;
        _vocabularySize = configuration.VocabularySize;
        _padToken = configuration.PadToken;
    }

    public string ExecutionProvider { get; }

    /// <summary>The GenAI model itself, for those who need what is not wrapped here.</summary>
    public Model Native => _model;

    /// <param name="folder">A model folder.</param>
    /// <param name="threads">Threads that compute one step, 1 or more.</param>
    /// <param name="provider">What computes it; null for what the folder says.</param>
    /// <exception cref="OnnxChatModelException">GenAI refuses the folder or the provider.</exception>
    public static GenAIModel Load(ModelFolder folder, int threads, ProviderConfiguration? provider = null)
    {
        NativeTelemetry.TurnOff();
        var effective = ProviderConfiguration.Effective(provider, folder);
        try
        {
            using var config = new Config(folder.Path);
            config.Overlay(string.Create(CultureInfo.InvariantCulture, $$"""{ "model": { "decoder": { "session_options": { "intra_op_num_threads": {{threads}} } } } }"""));
            provider?.ApplyTo(config);
            return new GenAIModel(new Model(config), folder.Configuration, effective.Name);
        }
        catch (OnnxRuntimeGenAIException e) when (!effective.IsCpu)
        {
            throw new OnnxChatModelException($"ONNX Runtime GenAI cannot use {effective.Name} for {folder.Path}: {e.Message.TrimEnd('.')}. {effective.Remedy}; or let the processor compute ({nameof(OnnxChatOptions.ExecutionProvider)} {nameof(OnnxChatExecutionProvider.Cpu)}, or {nameof(OnnxChatOptions.AllowCpuFallback)}).", e);
        }
        catch (OnnxRuntimeGenAIException e)
        {
            throw new OnnxChatModelException($"ONNX Runtime GenAI cannot load {folder.Path}: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
        catch (DllNotFoundException e)
        {
            throw new OnnxChatModelException($"The native library of ONNX Runtime GenAI was not found: {e.Message} Build on the platform that runs it, or with -p:OnnxRuntimeGenAIPackage=Cpu.", e);
        }
    }

    public ITokenBatch Start(IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength) =>
        new GenAIBatch(_model, _vocabularySize, _padToken, prompts, maxLength);

    public void Dispose() => _model.Dispose();
}
