using System.Reflection;
using Parley.Core.Accounts;

namespace Parley.Server.Tests.Accounts;

/// <summary>A store of devices in memory that has something happen before it keeps one.</summary>
public class HookedDevices : DispatchProxy
{
    /// <summary>The store.</summary>
    public MemoryDeviceStore Inner { get; } = new();

    /// <summary>Happens before the next device is kept.</summary>
    public Func<Task>? BeforeAdd { get; set; }

    /// <summary>Makes one.</summary>
    public static (IDeviceStore Store, HookedDevices Hooked) Create()
    {
        var store = Create<IDeviceStore, HookedDevices>();
        return (store, (HookedDevices)(object)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IDeviceStore.AddAsync) || BeforeAdd is not { } before)
        {
            return targetMethod.Invoke(Inner, args);
        }

        BeforeAdd = null;
        return new ValueTask<Device>(AddAsync());

        async Task<Device> AddAsync()
        {
            await before();
            return await (ValueTask<Device>)targetMethod.Invoke(Inner, args)!;
        }
    }
}
