namespace OnnxChat.BotHost.OpenAI;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal static class ModelsEndpoint
{
    public static IResult List(ServedModel model) => Results.Json(new { @object = "list", data = new[] { Describe(model) } });

    public static IResult Get(string id, ServedModel model) => id == model.Id ? Results.Json(Describe(model)) : OpenAIError.NoModel(id, model.Id);

    private static object Describe(ServedModel model) => new { id = model.Id, @object = "model", created = model.Since, owned_by = "onnxchat" };
}
