using System.Text.Json;
using OnnxChat.Gpt2.Export.Graph;
using OnnxChat.Gpt2.Export.Tokenizers;

namespace OnnxChat.Gpt2.Export;

/// <summary>ONNX Runtime GenAI's <c>genai_config.json</c>. Threads are set by who loads the model: they belong to the machine.</summary>
internal static class RuntimeConfiguration
{
    public static void Write(string path, Gpt2Configuration shape, TokenizerFolder tokenizer)
    {
        var roles = SpecialRoles.Of(tokenizer);
        JsonFile.WriteObject(path, json =>
        {
            json.WriteStartObject("model");
            json.WriteString("type", "decoder");
            json.WriteNumber("bos_token_id", roles.Beginning.Id);
            json.WriteStartArray("eos_token_id");
            foreach (var end in roles.Ends)
                json.WriteNumberValue(end.Id);
            json.WriteEndArray();
            json.WriteNumber("pad_token_id", roles.Padding.Id);
            json.WriteNumber("vocab_size", shape.VocabularySize);
            json.WriteNumber("context_length", shape.Context);
            WriteDecoder(json, shape);
            json.WriteEndObject();
            WriteSearch(json, shape);
        });
    }

    private static void WriteDecoder(Utf8JsonWriter json, Gpt2Configuration shape)
    {
        json.WriteStartObject("decoder");
        json.WriteStartObject("session_options");
        json.WriteString("log_id", "onnxruntime-genai");
        json.WriteStartArray("provider_options");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("filename", "model.onnx");
        json.WriteNumber("head_size", PaddedHeads.HeadWidth(shape));
        json.WriteNumber("hidden_size", shape.Width);
        json.WriteNumber("num_attention_heads", shape.Heads);
        json.WriteNumber("num_key_value_heads", shape.Heads);
        json.WriteNumber("num_hidden_layers", shape.Layers);
        json.WriteStartObject("inputs");
        json.WriteString("input_ids", "input_ids");
        json.WriteString("attention_mask", "attention_mask");
        json.WriteString("position_ids", "position_ids");
        json.WriteString("past_key_names", "past_key_values.%d.key");
        json.WriteString("past_value_names", "past_key_values.%d.value");
        json.WriteEndObject();
        json.WriteStartObject("outputs");
        json.WriteString("logits", "logits");
        json.WriteString("present_key_names", "present.%d.key");
        json.WriteString("present_value_names", "present.%d.value");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The card's settings: sampling over the 50 likeliest tokens within 30 % of the probability.</summary>
    private static void WriteSearch(Utf8JsonWriter json, Gpt2Configuration shape)
    {
        json.WriteStartObject("search");
        json.WriteNumber("max_length", shape.Context);
        json.WriteNumber("min_length", 0);
        json.WriteBoolean("do_sample", true);
        json.WriteNumber("top_k", 50);
        json.WriteNumber("top_p", 0.3);
        json.WriteNumber("temperature", 1.0);
        json.WriteNumber("num_beams", 1);
        json.WriteNumber("repetition_penalty", 1.0);
        json.WriteBoolean("past_present_share_buffer", true);
        json.WriteEndObject();
    }
}
