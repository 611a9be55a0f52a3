using System.Text.Json;
using Microsoft.SemanticKernel;

namespace OnnxChat.Connector.Tests.Chat;

public class ExecutionSettingsTests
{
    [Theory]
    [InlineData("max_tokens")]
    [InlineData("maxTokens")]
    [InlineData("max_completion_tokens")]
    [InlineData("max_length")]
    public void FromExecutionSettings_AliasOfMaxTokens_IsRead(string key)
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { [key] = 4 } };

        Assert.Equal(4, OnnxChatPromptExecutionSettings.FromExecutionSettings(settings).MaxTokens);
    }

    [Fact]
    public void FromExecutionSettings_JsonOfAPromptTemplate_IsRead()
    {
        var settings = JsonSerializer.Deserialize<PromptExecutionSettings>(
            """{"model_id":"m","temperature":0.5,"top_p":0.9,"top_k":7,"seed":42,"stop_sequences":["a","b"],"repetition_penalty":1.2,"system_prompt":"Be brief"}""");

        var read = OnnxChatPromptExecutionSettings.FromExecutionSettings(settings);

        Assert.Equal("m", read.ModelId);
        Assert.Equal((0.5, 0.9, 7, 42L, 1.2), (read.Temperature, read.TopP, read.TopK, read.Seed, read.RepetitionPenalty));
        Assert.Equal(["a", "b"], read.StopSequences!);
        Assert.Equal("Be brief", read.SystemPrompt);
    }

    [Fact]
    public void FromExecutionSettings_UnknownKey_IsReportedNotThrown()
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["logit_bias"] = 1, ["top_k"] = 3 } };

        var read = OnnxChatPromptExecutionSettings.FromExecutionSettings(settings, out var ignored);

        Assert.Equal("logit_bias", Assert.Single(ignored).Name);
        Assert.Equal(3, read.TopK);
    }

    [Theory]
    [InlineData("max_tokens", "many")]
    [InlineData("max_tokens", 1.5)]
    [InlineData("temperature", true)]
    [InlineData("stop", 5)]
    [InlineData("prompt_overflow", "shorten")]
    public void FromExecutionSettings_ValueOfTheWrongType_IsNamed(string key, object value)
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { [key] = value } };

        var error = Assert.ThrowsAny<ArgumentException>(() => OnnxChatPromptExecutionSettings.FromExecutionSettings(settings));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromExecutionSettings_FrequencyPenalty_IsRefusedUnlessZero()
    {
        var zero = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["frequency_penalty"] = 0.0 } };
        var half = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["frequency_penalty"] = 0.5 } };

        Assert.NotNull(OnnxChatPromptExecutionSettings.FromExecutionSettings(zero));
        Assert.Contains("frequency_penalty", Assert.Throws<NotSupportedException>(() => OnnxChatPromptExecutionSettings.FromExecutionSettings(half)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truncate_user")]
    [InlineData("TruncateUser")]
    [InlineData(OnnxChatPromptOverflow.TruncateUser)]
    public void FromExecutionSettings_PromptOverflow_IsReadByNameOrValue(object value)
    {
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["prompt_overflow"] = value } };

        Assert.Equal(OnnxChatPromptOverflow.TruncateUser, OnnxChatPromptExecutionSettings.FromExecutionSettings(settings).PromptOverflow);
    }

    [Fact]
    public void FromExecutionSettings_OwnSettingsThroughJson_AreTheSame()
    {
        var json = JsonSerializer.Serialize(new OnnxChatPromptExecutionSettings { PromptOverflow = OnnxChatPromptOverflow.TruncateUser, TopK = 2 });
        var read = OnnxChatPromptExecutionSettings.FromExecutionSettings(JsonSerializer.Deserialize<PromptExecutionSettings>(json));

        Assert.Equal((OnnxChatPromptOverflow.TruncateUser, 2), (read.PromptOverflow, read.TopK));
    }

    [Fact]
    public void Clone_KeepsEverySetting()
    {
        var settings = new OnnxChatPromptExecutionSettings
        {
            ModelId = "m",
            ServiceId = "s",
            MaxTokens = 1,
            Temperature = 2,
            TopK = 3,
            TopP = 0.4,
            RepetitionPenalty = 5,
            Seed = 6,
            StopSequences = ["7"],
            SystemPrompt = "8",
            PromptOverflow = OnnxChatPromptOverflow.TruncateUser,
            FunctionChoiceBehavior = FunctionChoiceBehavior.None(),
        };

        var clone = (OnnxChatPromptExecutionSettings)settings.Clone();

        Assert.All(
            typeof(OnnxChatPromptExecutionSettings).GetProperties().Where(p => p.Name is not nameof(settings.IsFrozen)),
            p => Assert.Equal(p.GetValue(settings), p.GetValue(clone)));
        Assert.NotSame(settings.StopSequences, clone.StopSequences);
    }

    [Fact]
    public void Freeze_ThenSet_Throws()
    {
        var settings = new OnnxChatPromptExecutionSettings { StopSequences = ["a"] };

        settings.Freeze();

        Assert.Throws<InvalidOperationException>(() => settings.MaxTokens = 1);
        Assert.Throws<NotSupportedException>(() => settings.StopSequences!.Add("b"));
        Assert.False(settings.Clone().IsFrozen);
    }
}
