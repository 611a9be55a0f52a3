namespace OnnxChat.Connector.Hosting;

/// <summary>What a service is doing at one moment.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Folder">The model's folder.</param>
/// <param name="ExecutionProvider">What computes the model; null while it is not loaded.</param>
/// <param name="Loaded">Whether the model is loaded.</param>
/// <param name="Waiting">Requests that wait for a worker.</param>
/// <param name="QueueLimit">Requests that may wait.</param>
/// <param name="Running">Replies that are being generated.</param>
/// <param name="SinceLastStep">Time since the model completed a step.</param>
internal sealed record ServiceStatus(string Model, string Folder, string? ExecutionProvider, bool Loaded, int Waiting, int QueueLimit, int Running, TimeSpan SinceLastStep);
