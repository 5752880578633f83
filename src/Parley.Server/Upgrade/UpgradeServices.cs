using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Admin;

namespace Parley.Server.Upgrade;

/// <summary>Adds what lets administrators have a newer program take a server's place.</summary>
public static class UpgradeServices
{
    /// <summary>Has administrators ask for upgrades.</summary>
    /// <param name="services">The server's services.</param>
    /// <param name="upgrade">Does them.</param>
    public static IServiceCollection AddUpgrade(this IServiceCollection services, ServerUpgrade upgrade) => services.AddSingleton<IServerUpgrade>(upgrade);
}
