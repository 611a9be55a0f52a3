namespace OnnxChat.Gpt2.Export;

/// <summary>How close a written model is to the weights it came from, as measured on prompts.</summary>
/// <param name="Prompts">Prompts compared.</param>
/// <param name="Positions">Token positions compared, over all prompts.</param>
/// <param name="MaxLogitDifference">Largest absolute difference of two logits.</param>
/// <param name="MeanKl">Mean Kullback-Leibler divergence of the next-token distributions, in nats.</param>
/// <param name="TopAgreement">Share of positions, 0 to 1, at which both hold the same token for the likeliest.</param>
public sealed record VerificationResult(int Prompts, int Positions, double MaxLogitDifference, double MeanKl, double TopAgreement);
