using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Puts an odd value in some place of a JSON document, or takes the place away, copies it or names it otherwise.</summary>
internal sealed class JsonMutator(Random random, IReadOnlyList<string> words) : IMutator
{
    private static readonly JsonDocumentOptions OnceOnly = new() { AllowDuplicateProperties = false };

    public byte[]? Mutate(byte[] input, byte[] other)
    {
        try
        {
            var root = JsonNode.Parse(input, documentOptions: OnceOnly);
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
            return null;
        }
    }

    private void Visit(JsonNode? node, List<Action> places)
    {
        switch (node)
        {
            case JsonObject members:
                places.Add(() => members[OddValues.Word(random, words)] = OddValues.Value(random));
                foreach (var (name, value) in members)
                {
                    places.Add(() => members[name] = OddValues.Value(random));
                    places.Add(() => members.Remove(name));
                    places.Add(() => Rename(members, name));
                    if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                        places.Add(() => members[name] = OddValues.Spoil(random, text.GetValue<string>(), words));
                    Visit(value, places);
                }

                break;
            case JsonArray items:
                places.Add(() => items.Add(OddValues.Value(random)));
                for (var i = 0; i < items.Count; i++)
                {
                    var at = i;
                    places.Add(() => items[at] = OddValues.Value(random));
                    places.Add(() => items.Insert(random.Next(items.Count), items[at]?.DeepClone()));
                    places.Add(() => items.RemoveAt(at));
                    Visit(items[i], places);
                }

                break;
        }
    }

    private void Rename(JsonObject members, string name)
    {
        var value = members[name];
        members.Remove(name);
        members[OddValues.Word(random, words)] = value;
    }
}
