using System.Globalization;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>A model folder loaded by ONNX Runtime GenAI. The only folder of the connector that calls GenAI is this one.</summary>
/// <remarks>GenAI crashes the process when a disposed object is used, so its owner ends every sequence first.</remarks>
internal sealed class GenAIModel : ICausalModel
{
    private readonly Model _model;
    private readonly int _vocabularySize;

    private GenAIModel(Model model, int vocabularySize)
    {
        _model = model;
        _vocabularySize = vocabularySize;
    }

    /// <summary>The GenAI model itself, for those who need what is not wrapped here.</summary>
    public Model Native => _model;

    /// <param name="folder">A folder with <c>genai_config.json</c>.</param>
    /// <param name="vocabularySize">Number of logits a step gives.</param>
    /// <param name="threads">Threads that compute one step, 1 or more.</param>
    /// <exception cref="OnnxChatModelException">GenAI refuses the folder.</exception>
    public static GenAIModel Load(string folder, int vocabularySize, int threads)
    {
        NativeTelemetry.TurnOff();
        try
        {
            using var config = new Config(folder);
            config.Overlay(string.Create(CultureInfo.InvariantCulture, $$"""{ "model": { "decoder": { "session_options": { "intra_op_num_threads": {{threads}} } } } }"""));
            return new GenAIModel(new Model(config), vocabularySize);
        }
        catch (OnnxRuntimeGenAIException e)
        {
            throw new OnnxChatModelException($"ONNX Runtime GenAI cannot load {folder}: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
        catch (DllNotFoundException e)
        {
            throw new OnnxChatModelException($"The native library of ONNX Runtime GenAI was not found: {e.Message} Build on the platform that runs it, or with -p:OnnxRuntimeGenAIPackage=Cpu.", e);
        }
    }

    public ITokenSequence Start(ReadOnlySpan<int> prompt, int maxLength) => new GenAISequence(_model, _vocabularySize, prompt, maxLength);

    public void Dispose() => _model.Dispose();
}
