using OnnxChat.Connector.ModelFolders;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.ModelFolders;

public class GenAIConfigurationTests
{
    [Fact]
    public void Read_SearchLeftOut_IsAsTheRuntimeHasIt()
    {
        var configuration = Read("""{"model":{"type":"llama","context_length":4096,"vocab_size":32000,"eos_token_id":[2,7],"pad_token_id":null,"decoder":{}}}""");

        Assert.Equal((0.0, 50, 1.0, 1.0, 4096), (configuration.Temperature, configuration.TopK, configuration.TopP, configuration.RepetitionPenalty, configuration.MaxLength));
        Assert.Equal([2, 7], configuration.EndTokens.Order());
        Assert.Equal(("llama", 2, "model.onnx"), (configuration.ModelType, configuration.PadToken, configuration.DecoderFile));
    }

    [Theory]
    [InlineData("""{"do_sample":false,"temperature":0.7}""", 0, 1)]
    [InlineData("""{"do_sample":true,"temperature":0.7,"top_p":0.8}""", 0.7, 0.8)]
    [InlineData("""{"do_sample":true,"top_p":0}""", 1, 1)]
    public void Read_Search_DecidesOnSampling(string search, double temperature, double topP)
    {
        var configuration = Read("""{"model":{"context_length":64,"vocab_size":9,"eos_token_id":2,"decoder":{"filename":"m.onnx"}},"search":""" + search + "}");

        Assert.Equal((temperature, topP), (configuration.Temperature, configuration.TopP));
    }

    private static GenAIConfiguration Read(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["genai_config.json"], content);
        return GenAIConfiguration.Read(folder["genai_config.json"]);
    }
}
