using Parley.Cluster.Membership;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Support;

internal static class Views
{
    /// <summary>Completes with the first view, from now on, that meets a condition.</summary>
    public static async Task<ClusterView> WhenAsync(this ClusterMembership node, Func<ClusterView, bool> condition)
    {
        var met = new TaskCompletionSource<ClusterView>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(ClusterView view)
        {
            if (condition(view))
            {
                met.TrySetResult(view);
            }
        }

        using var subscription = node.Subscribe(Look);
        return await met.Task.WithinSafetyAsync();
    }

    public static Task<ClusterView> WhenHomeAsync(this ClusterMembership node, string name) => node.WhenAsync(view => view.HomeNode?.Name == name);
}
