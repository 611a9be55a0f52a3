namespace Microsoft.Rest;

/// <summary>What a service answered.</summary>
public class HttpOperationResponse
{
    public HttpRequestMessage Request { get; set; }

    public HttpResponseMessage Response { get; set; }
}
