using System.Runtime.InteropServices;
using OnnxChat.Connector.Generation.GenAI;

namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>.NET and the native libraries.</summary>
internal sealed class RuntimeCheck : ICheck
{
    public string Name => "runtime";

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var platform = $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}";
        try
        {
            return Task.FromResult(new CheckResult(Name, CheckStatus.Ok, $"{platform}, ONNX Runtime {NativeRuntime.OnnxRuntimeVersion()}, GenAI {NativeRuntime.GenAIVersion()}"));
        }
        catch (DllNotFoundException e)
        {
            return Task.FromResult(new CheckResult(Name, CheckStatus.Fail, $"{platform}; a native library is missing: {e.Message}", "Build on the platform that runs it, or with -p:OnnxRuntimeGenAIPackage=Cpu."));
        }
    }
}
