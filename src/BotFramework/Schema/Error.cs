using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>What went wrong, by code and message.</summary>
public class Error
{
    public Error()
    {
    }

    public Error(string code = default, string message = default, InnerHttpError innerHttpError = default)
    {
        Code = code;
        Message = message;
        InnerHttpError = innerHttpError;
    }

    [JsonProperty("code")]
    public string Code { get; set; }

    [JsonProperty("innerHttpError")]
    public InnerHttpError InnerHttpError { get; set; }

    [JsonProperty("message")]
    public string Message { get; set; }
}
