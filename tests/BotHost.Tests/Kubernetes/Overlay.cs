using System.Diagnostics;
using k8s;
using k8s.Models;
using OnnxChat.EndToEnd;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Kubernetes;

/// <summary>What <c>kubectl kustomize</c> makes of an overlay, read by the official client, which refuses fields that Kubernetes does not have.</summary>
internal sealed class Overlay
{
    public static readonly string Folder = Path.Combine(Repository.Root, "manifests", "kubernetes");

    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Service"] = typeof(V1Service),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    private Overlay(IReadOnlyList<object> objects) => Objects = objects;

    public IReadOnlyList<object> Objects { get; }

    /// <summary>The pods of the overlay, by the name of what makes them.</summary>
    public IReadOnlyDictionary<string, V1PodTemplateSpec> Pods =>
        Of<V1Deployment>().Select(deployment => (deployment.Metadata.Name, deployment.Spec.Template))
            .Concat(Of<V1StatefulSet>().Select(set => (set.Metadata.Name, set.Spec.Template)))
            .ToDictionary();

    public V1PodSpec Host => Pods["onnxchat-host"].Spec;

    public V1Container HostContainer => Assert.Single(Host.Containers);

    /// <summary>The host's settings.</summary>
    public IDictionary<string, string> Settings
    {
        get
        {
            var name = Assert.Single(HostContainer.EnvFrom).ConfigMapRef.Name;
            return Of<V1ConfigMap>().Single(map => map.Metadata.Name == name).Data;
        }
    }

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    public static async Task<Overlay> BuildAsync(string name) => new(Read(await KustomizeAsync(Path.Combine(Folder, "overlays", name))));

    public static List<object> Read(string yaml) => KubernetesYaml.LoadAllFromString(yaml, Kinds, strict: true);

    public static async Task<string> KustomizeAsync(string folder)
    {
        var start = new ProcessStartInfo(Requires.Kubectl(), ["kustomize", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        // It warns of what will be gone in a later version.
        Assert.Equal("", await error);
        return await output;
    }
}
