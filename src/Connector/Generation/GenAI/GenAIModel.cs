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

    private GenAIModel(Model model, GenAIConfiguration configuration)
    {
        _model = model;
        _vocabularySize = configuration.VocabularySize;
        _padToken = configuration.PadToken;
    }

    /// <summary>The GenAI model itself, for those who need what is not wrapped here.</summary>
    public Model Native => _model;

    /// <param name="folder">A model folder.</param>
    /// <param name="threads">Threads that compute one step, 1 or more.</param>
    /// <exception cref="OnnxChatModelException">GenAI refuses the folder.</exception>
    public static GenAIModel Load(ModelFolder folder, int threads)
    {
        NativeTelemetry.TurnOff();
        try
        {
            using var config = new Config(folder.Path);
            config.Overlay(string.Create(CultureInfo.InvariantCulture, $$"""{ "model": { "decoder": { "session_options": { "intra_op_num_threads": {{threads}} } } } }"""));
            return new GenAIModel(new Model(config), folder.Configuration);
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
