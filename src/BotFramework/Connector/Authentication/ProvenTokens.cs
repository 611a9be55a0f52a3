using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Tokens whose signature was found right: a channel sends the same one with every message for an hour. Bounded; only tokens that passed are kept.</summary>
internal sealed class ProvenTokens(int capacity)
{
    private readonly ConcurrentDictionary<string, Proof> _proofs = new(StringComparer.Ordinal);

    internal bool TryFind(string token, [NotNullWhen(true)] out Proof proof) => _proofs.TryGetValue(token, out proof);

    internal void Keep(string token, Proof proof)
    {
        // Channels use few tokens at a time: so many are old ones, and those in use are soon proven again.
        if (_proofs.Count >= capacity)
            _proofs.Clear();
        _proofs[token] = proof;
    }

    /// <param name="Token">The token, read.</param>
    /// <param name="Key">The key that it was checked with; the proof is worth nothing once the issuer has replaced that.</param>
    /// <param name="Identity">What it says; never handed out itself.</param>
    internal sealed record Proof(JsonWebToken Token, SigningKey Key, ClaimsIdentity Identity);
}
