using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>Spoils a request in one to four places. The same chance gives the same request.</summary>
internal sealed class RequestMutator(Random random)
{
    private const int MostChanges = 4;

    private static readonly JsonDocumentOptions OnceOnly = new() { AllowDuplicateProperties = false };

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "X"];

    private static readonly string?[] ContentTypes =
        [null, "", "application/json", "application/json; charset=utf-16", "application/json;charset=\"", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded", "*/*", "a/b/c"];

    public MutatedRequest Mutate(RequestSeed seed)
    {
        var request = new MutatedRequest(seed.Method, seed.Path, seed.Query, seed.ContentType, seed.Authorization, seed.Body is null ? [] : Encoding.UTF8.GetBytes(seed.Body));
        for (var left = random.Next(MostChanges) + 1; left > 0; left--)
            request = Change(request);
        return request;
    }

    /// <summary>Spoils the body only, so that each request reaches the endpoint that reads it.</summary>
    public MutatedRequest MutateBody(RequestSeed seed)
    {
        var body = Encoding.UTF8.GetBytes(seed.Body ?? "");
        for (var left = random.Next(MostChanges) + 1; left > 0; left--)
            body = random.Next(3) == 0 ? Bytes(body) : Json(body);
        return new MutatedRequest(seed.Method, seed.Path, seed.Query, seed.ContentType, seed.Authorization, body);
    }

    private MutatedRequest Change(MutatedRequest request) => random.Next(20) switch
    {
        0 => request with { Method = Pick(Methods) },
        1 => request with { Path = Spoil(request.Path) },
        2 => request with { Query = request.Query.Length == 0 ? "?watermark=" + Spoil("1") : Spoil(request.Query) },
        3 => request with { ContentType = Pick(ContentTypes) },
        4 => request with { Authorization = request.Authorization is { } value ? Spoil(value) : Pick(["Bearer", "Bearer x.y.z", "Basic eDp5", "Bearer ", "Negotiate"]) },
        < 9 => request with { Body = Bytes(request.Body) },
        _ => request with { Body = Json(request.Body) },
    };

    /// <summary>Puts an odd value in some place of a JSON document, or takes the place away.</summary>
    private byte[] Json(byte[] body)
    {
        try
        {
            var root = body.Length == 0 ? new JsonObject() : JsonNode.Parse(body, documentOptions: OnceOnly);
            var places = new List<Action>();
            Visit(root, places);
            if (places.Count == 0)
                root = OddValues.Value(random);
            else
                places[random.Next(places.Count)]();
            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        // An earlier change left no JSON, or text that is no UTF-8.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bytes(body);
        }
    }

    private void Visit(JsonNode? node, List<Action> places)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    places.Add(() => members[name] = OddValues.Value(random));
                    places.Add(() => members.Remove(name));
                    Visit(value, places);
                }

                break;
            case JsonArray items:
                places.Add(() => items.Add(OddValues.Value(random)));
                foreach (var item in items)
                    Visit(item, places);
                break;
        }
    }

    private byte[] Bytes(byte[] body)
    {
        if (body.Length == 0)
            return Encoding.UTF8.GetBytes(OddValues.Text(random));
        var at = random.Next(body.Length);
        var length = random.Next(Math.Min(32, body.Length - at) + 1);
        switch (random.Next(5))
        {
            case 0:
                var flipped = body.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return [.. body[..at], .. body[(at + length)..]];
            case 2:
                return [.. body[..at], .. body[at..(at + length)], .. body[at..]];
            case 3:
                return body[..at];
            default:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(OddValues.Text(random)), .. body[at..]];
        }
    }

    private string Spoil(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text[..at] + OddValues.Text(random) + text[at..],
            2 => text[..at] + "/" + text[at..],
            3 => text[..at] + new string('x', random.Next(3_000)) + text[at..],
            4 => text + text,
            _ => text.ToUpperInvariant(),
        };
    }

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
