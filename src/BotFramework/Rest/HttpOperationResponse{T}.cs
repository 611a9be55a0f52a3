namespace Microsoft.Rest;

/// <summary>What a service answered, with its body.</summary>
/// <typeparam name="T">The body's type.</typeparam>
public class HttpOperationResponse<T> : HttpOperationResponse
{
    public T Body { get; set; }
}
