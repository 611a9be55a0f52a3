using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.Training.Privacy.Substitutes;

/// <summary>
/// Numbers that depend on a value, its conversation and a key (HMAC-SHA-256 in counter mode). Without the key nobody can
/// try values until the substitute fits.
/// </summary>
internal sealed class KeyedDraw
{
    private readonly byte[] _key;
    private readonly string _of;
    private readonly Queue<byte> _bytes = [];
    private int _block;

    public KeyedDraw(byte[] key, string conversation, PersonalDataKind kind, string value)
    {
        _key = key;
        _of = $"{conversation}\n{kind}\n{value}";
    }

    /// <summary>A whole number from 0 to below <paramref name="count"/>, which is small.</summary>
    public int Next(int count)
    {
        if (_bytes.Count < sizeof(uint))
        {
            foreach (var drawn in HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{_block++}\n{_of}")))
                _bytes.Enqueue(drawn);
        }

        uint number = 0;
        for (var i = 0; i < sizeof(uint); i++)
            number = (number << 8) | _bytes.Dequeue();
        return (int)(number % (uint)count);
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public char Pick(string characters) => characters[Next(characters.Length)];
}
