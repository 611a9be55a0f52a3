using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Api;

/// <summary>A client that knows of the host what its OpenAPI document says, and nothing else.</summary>
internal sealed class DescribedApi(HttpClient http, ReadResult read) : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    public OpenApiDocument Document => read.Document!;

    public OpenApiDiagnostic Diagnostic => read.Diagnostic!;

    /// <summary>The token for operations that the document says take one.</summary>
    public string? Token { get; set; }

    public static async Task<DescribedApi> ReadAsync(TestHost host)
    {
        var http = host.CreateClient();
        return new DescribedApi(http, OpenApiDocument.Parse(await http.GetStringAsync("/openapi/v1.json", Cancelled), OpenApiConstants.Json));
    }

    /// <summary>Calls an operation by its id, and holds the answer to what the document says of it.</summary>
    /// <param name="id">The operation's id.</param>
    /// <param name="arguments">Values of its parameters by name.</param>
    /// <param name="body">The request's body, where it has one.</param>
    public async Task<JsonNode> CallAsync(string id, IReadOnlyDictionary<string, string>? arguments = null, object? body = null)
    {
        var (address, method, operation) = Find(id);
        var query = new List<string>();
        foreach (var parameter in operation.Parameters ?? [])
        {
            var value = arguments?.GetValueOrDefault(parameter.Name!);
            Assert.True(value is not null || !parameter.Required, $"{id} needs {parameter.Name}.");
            if (parameter.In == ParameterLocation.Path)
                address = address.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value!), StringComparison.Ordinal);
            else if (value is not null)
                query.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
        }

        using var request = new HttpRequestMessage(method, query.Count > 0 ? $"{address}?{string.Join('&', query)}" : address);
        if (operation.Security is { Count: > 0 })
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
        {
            Assert.Contains("application/json", operation.RequestBody!.Content!.Keys);
            request.Content = JsonContent.Create(body);
        }

        using var response = await http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancelled))!;
        var described = operation.Responses![((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)].Content!["application/json"].Schema!;
        Assert.All(described.Required ?? new HashSet<string>(), name => Assert.True(answer.ContainsKey(name), $"{id} answers without {name}."));
        Assert.All(answer, property => Assert.Contains(property.Key, described.Properties!.Keys));
        return answer;
    }

    public void Dispose() => http.Dispose();

    private (string Path, HttpMethod Method, OpenApiOperation Operation) Find(string id) =>
        Document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value))).Single(found => found.Value.OperationId == id);
}
