using System.Globalization;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Tests.Hosting;
using YamlDotNet.Core;

namespace OnnxChat.BotHost.Tests.Kubernetes;

/// <summary>The manifests for Kubernetes, as an API server and the host would take them; there is no cluster here.</summary>
public sealed class ManifestTests
{
    [Theory]
    [InlineData("single", 8)]
    [InlineData("scaled", 13)]
    public async Task Overlay_Built_IsOfKnownKindsAndFieldsInOneNamespace(string overlay, int objects)
    {
        var built = await Overlay.BuildAsync(overlay);

        Assert.Equal(objects, built.Objects.Count);
        var ns = Assert.Single(built.Of<V1Namespace>());
        Assert.Equal("restricted", ns.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        Assert.All(
            built.Objects.Cast<k8s.IKubernetesObject<V1ObjectMeta>>().Where(one => one is not V1Namespace),
            one => Assert.Equal(ns.Metadata.Name, one.Metadata.NamespaceProperty));
    }

    [Fact]
    public void Read_FieldThatKubernetesHasNot_IsRefused() =>
        Assert.ThrowsAny<YamlException>(() => Overlay.Read("apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  port: 80\n"));

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Pods_Each_KeepTheRestrictedStandardAndAReadOnlyFileSystem(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);

        Assert.NotEmpty(built.Pods);
        Assert.All(built.Pods.Values, template =>
        {
            var pod = template.Spec;
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.True(pod.SecurityContext.RunAsUser > 0);
            Assert.Equal(pod.SecurityContext.RunAsGroup, pod.SecurityContext.FsGroup);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.Null(pod.HostNetwork);
            Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
            Assert.All(pod.Containers, container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Null(container.SecurityContext.Privileged);
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Intersect(["cpu", "memory"]).Order());
                Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Intersect(["cpu", "memory"]).Order());
                Assert.Contains(':', container.Image);
                Assert.DoesNotContain(":latest", container.Image);
            });
        });
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Secrets_OnlyByReferenceAsFilesOfTheGroup(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);

        Assert.DoesNotContain(built.Objects, one => one is V1Secret);
        Assert.All(built.Pods.Values.SelectMany(template => template.Spec.Volumes).Where(volume => volume.Secret is not null), volume => Assert.Equal(0b100_100_000, volume.Secret.DefaultMode));
        Assert.All(built.Pods.Values.SelectMany(template => template.Spec.Containers), container => Assert.Null(container.Env));
        var mount = built.HostContainer.VolumeMounts.Single(mount => mount.MountPath == built.Settings["OnnxChat__Secrets__Folder"]);
        Assert.True(mount.ReadOnlyProperty);
        Assert.NotNull(built.Host.Volumes.Single(volume => volume.Name == mount.Name).Secret);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Settings_EachName_IsASettingOfTheHost(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);

        Assert.All(built.Settings.Keys, name => Assert.True(Setting.Exists(name), $"The host has no setting {name}."));
    }

    [Theory]
    [InlineData("OnnxChat__Turns__Stor")]
    [InlineData("OnnxChat__Desk__Accesskey")]
    [InlineData("OnnxChat__Unknown__Folder")]
    public void Settings_MisspelledName_IsNone(string name) => Assert.False(Setting.Exists(name));

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Volumes_EachMount_HasItsVolumeAndFoldersOfSettingsAreOnAWritableOne(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);

        foreach (var (name, template) in built.Pods)
        {
            var claims = built.Of<V1StatefulSet>().Where(set => set.Metadata.Name == name).SelectMany(set => set.Spec.VolumeClaimTemplates).Select(claim => claim.Metadata.Name);
            var volumes = template.Spec.Volumes.Select(volume => volume.Name).Concat(claims).Order().ToList();
            Assert.Equal(volumes, template.Spec.Containers.SelectMany(container => container.VolumeMounts).Select(mount => mount.Name).Order());
        }

        string[] writable = [.. built.HostContainer.VolumeMounts.Where(mount => mount.ReadOnlyProperty != true).Select(mount => mount.MountPath + "/")];
        Assert.Contains("/tmp/", writable);
        Assert.All(
            built.Settings.Where(setting => setting.Key.EndsWith("Folder", StringComparison.Ordinal) && !setting.Key.Contains("Secrets", StringComparison.Ordinal)),
            setting => Assert.Contains(writable, mount => setting.Value.StartsWith(mount, StringComparison.Ordinal)));
        var claimed = built.Host.Volumes.Where(volume => volume.PersistentVolumeClaim is not null).Select(volume => volume.PersistentVolumeClaim.ClaimName);
        Assert.Equal(built.Of<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name), claimed);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Services_Each_SelectPodsAndNameAPortOfTheirs(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);

        Assert.All(built.Of<V1Service>(), service =>
        {
            var pod = Assert.Single(built.Pods.Values, template => Selects(service.Spec.Selector, template));
            var ports = pod.Spec.Containers.SelectMany(container => container.Ports).Select(port => port.Name);
            Assert.All(service.Spec.Ports, port => Assert.Contains(port.TargetPort.Value, ports));
        });
        var ingress = Assert.Single(built.Of<V1Ingress>());
        Assert.Equal(ingress.Spec.Rules.Select(rule => rule.Host), ingress.Spec.Tls.SelectMany(tls => tls.Hosts));
        Assert.All(ingress.Spec.Rules.SelectMany(rule => rule.Http.Paths), path =>
        {
            var service = built.Of<V1Service>().Single(service => service.Metadata.Name == path.Backend.Service.Name);
            Assert.Contains(service.Spec.Ports, port => port.Name == path.Backend.Service.Port.Name);
        });
        Assert.Equal(built.Settings["ASPNETCORE_HTTP_PORTS"], Assert.Single(built.HostContainer.Ports).ContainerPort.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task NetworkPolicies_EveryPod_IsClosedInBothDirections(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);
        var policies = built.Of<V1NetworkPolicy>().ToList();

        Assert.All(built.Pods.Values, template =>
        {
            var policy = Assert.Single(policies, policy => Selects(policy.Spec.PodSelector.MatchLabels, template));
            Assert.Equal(["Egress", "Ingress"], policy.Spec.PolicyTypes.Order());
            Assert.All(policy.Spec.Ingress, rule => Assert.NotEmpty(rule.FromProperty));
            Assert.All(policy.Spec.Ingress, rule => Assert.NotEmpty(rule.Ports));
            Assert.All(policy.Spec.Egress ?? [], rule => Assert.NotEmpty(rule.To));
            Assert.All(policy.Spec.Egress ?? [], rule => Assert.NotEmpty(rule.Ports));
        });
        // Who is named within the namespace is there.
        var peers = policies.SelectMany(policy => policy.Spec.Ingress.SelectMany(rule => rule.FromProperty).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To)))
            .Where(peer => peer.PodSelector is not null && peer.NamespaceSelector is null);
        Assert.All(peers, peer => Assert.Contains(built.Pods.Values, template => Selects(peer.PodSelector.MatchLabels, template)));
    }

    [Fact]
    public async Task NetworkPolicies_CloudCredentialsAndPrivateNetworks_AreOutOfReach()
    {
        var built = await Overlay.BuildAsync("single");

        var outside = built.Of<V1NetworkPolicy>().Single().Spec.Egress.SelectMany(rule => rule.To).Single(peer => peer.IpBlock is not null).IpBlock;

        Assert.Equal(["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"], outside.Except.Order());
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Stop_Grace_HoldsTheWaitAndTheHostsOwnLimit(string overlay)
    {
        var built = await Overlay.BuildAsync(overlay);
        using var host = new TestHost();
        var limit = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        var wait = TimeSpan.FromSeconds(built.HostContainer.Lifecycle.PreStop.Sleep.Seconds);

        Assert.True(TimeSpan.FromSeconds(built.Host.TerminationGracePeriodSeconds!.Value) >= wait + limit + TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("single")]
    [InlineData("scaled")]
    public async Task Probes_Each_AskForAPathThatTheHostServes(string overlay)
    {
        var container = (await Overlay.BuildAsync(overlay)).HostContainer;
        using var host = new TestHost();
        using var http = host.CreateClient();

        foreach (var probe in (V1Probe[])[container.StartupProbe, container.ReadinessProbe, container.LivenessProbe])
        {
            using var response = await http.GetAsync(new Uri(probe.HttpGet.Path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, probe.HttpGet.Path);
        }
    }

    [Fact]
    public async Task Single_Update_NeverHasTwoHostsOnTheVolume()
    {
        var built = await Overlay.BuildAsync("single");
        var deployment = Assert.Single(built.Of<V1Deployment>());

        Assert.Equal((1, "Recreate"), (deployment.Spec.Replicas, deployment.Spec.Strategy.Type));
        Assert.Equal(["ReadWriteOncePod"], Assert.Single(built.Of<V1PersistentVolumeClaim>()).Spec.AccessModes);
    }

    [Fact]
    public async Task Scaled_Autoscaler_ScalesTheHostsByAMetricThatTheAdapterMakes()
    {
        var built = await Overlay.BuildAsync("scaled");
        var autoscaler = Assert.Single(built.Of<V2HorizontalPodAutoscaler>());
        var deployment = Assert.Single(built.Of<V1Deployment>());
        var budget = Assert.Single(built.Of<V1PodDisruptionBudget>());

        Assert.Equal((deployment.Kind, deployment.Metadata.Name), (autoscaler.Spec.ScaleTargetRef.Kind, autoscaler.Spec.ScaleTargetRef.Name));
        // A number there would undo the autoscaler's at each apply.
        Assert.Null(deployment.Spec.Replicas);
        Assert.True(autoscaler.Spec.MinReplicas > int.Parse(budget.Spec.MaxUnavailable.Value, CultureInfo.InvariantCulture));
        Assert.True(Selects(budget.Spec.Selector.MatchLabels, deployment.Spec.Template));
        Assert.All(deployment.Spec.Template.Spec.TopologySpreadConstraints, spread => Assert.True(Selects(spread.LabelSelector.MatchLabels, deployment.Spec.Template)));
        var metric = autoscaler.Spec.Metrics.Single(metric => metric.Type == "External").External;
        var adapter = await File.ReadAllTextAsync(Path.Combine(Overlay.Folder, "overlays", "scaled", "prometheus-adapter.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains($"as: {metric.Metric.Name}\n", adapter);
        Assert.Equal(deployment.Metadata.NamespaceProperty, metric.Metric.Selector.MatchLabels["namespace"]);
        Assert.Contains(autoscaler.Spec.Metrics, other => other.Resource?.Name == "cpu");
    }

    [Fact]
    public async Task Scaled_Redis_KeepsWhatItHasAccepted()
    {
        var built = await Overlay.BuildAsync("scaled");
        var redis = built.Of<V1StatefulSet>().Single();
        var container = Assert.Single(redis.Spec.Template.Spec.Containers);

        var file = built.Of<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith("onnxchat-redis-", StringComparison.Ordinal));
        Assert.Equal(file.Metadata.Name, redis.Spec.Template.Spec.Volumes.Single(volume => volume.ConfigMap is not null).ConfigMap.Name);
        var lines = file.Data["redis.conf"].Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2)).ToDictionary(line => line[0], line => line[1]);
        Assert.Equal(("yes", "always", "noeviction"), (lines["appendonly"], lines["appendfsync"], lines["maxmemory-policy"]));
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == lines["dir"] && mount.Name == redis.Spec.VolumeClaimTemplates.Single().Metadata.Name);
        Assert.Contains(container.VolumeMounts, mount => lines["aclfile"].StartsWith(mount.MountPath + "/", StringComparison.Ordinal));
        // A rewriting of the file needs memory beside that of the data.
        Assert.True(container.Resources.Limits["memory"].ToDecimal() >= 2 * 384 * 1024 * 1024);
        Assert.Equal(built.Of<V1Service>().Single(service => service.Metadata.Name == redis.Spec.ServiceName).Spec.Selector, redis.Spec.Selector.MatchLabels);
    }

    private static bool Selects(IDictionary<string, string> selector, V1PodTemplateSpec template) =>
        selector.Count > 0 && selector.All(label => template.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
