namespace GatewayConfig.Tests.Yaml;

/// <summary>A valid file in which no field has its default.</summary>
internal static class EveryField
{
    public const string Text = """
        revision: 12
        hostname: vpn.example.org
        drainTime: 1m
        listening:
          addresses: ["192.0.2.1:443", "[2001:db8::1]:8443"]
          allowedSources: [198.51.100.0/24]
          httpPort: 8080
        tls:
          certificates:
            - certificateFile: /etc/a.crt
              keyFile: /etc/a.key
          minimumVersion: tls13
          policy: modern
        decoy:
          kind: proxy
          serverHeader: Apache
          root: /srv/www
          backend: http://127.0.0.1:8080
        addressing:
          pools4: [10.9.0.0/16, 10.10.0.1/32]
          pools6: ["fd00:9::/48"]
          leaseFile: /var/lib/x/leases.json
          leaseMemory: 1h30m
        network:
          device: vpn7
          mtu: 1380
          queues: 4
          masquerade: false
          clientIsolation: false
          enableForwarding: false
          defaultRoute: false
          routes: [192.168.0.0/16, "fd01::/64"]
          accessRules:
            - action: deny
              groups: [guests]
              users: [mallory]
              to: [192.168.1.0/24]
              protocol: tcp
              ports: ["22", 8000-8100]
        dns:
          forwarder: true
          servers: [192.0.2.53, "[2001:db8::53]:5353"]
          zones:
            - zone: corp.example
              servers: [192.168.1.53]
          searchDomains: [corp.example]
          cacheEntries: 5
          maxQueriesPerClient: 7
        authentication:
          methods: [pap, chapMd5]
          usersFile: /etc/users.yaml
          lockout:
            failuresPerUserAndSource: 3
            failuresPerSource: 9
            initialWait: 2s
            maximumWait: 4m
        limits:
          calls: 10
          callsPerUser: 2
          connectionsPerSource: 3
          pendingConnections: 4
          handshakeTimeout: 5s
          preambleTimeout: 6s
          negotiationTimeout: 7s
        admin:
          listen: unix:/run/x.sock
          tls:
            listen: 192.0.2.1:9481
            certificateFile: /etc/b.crt
            keyFile: /etc/b.key
            clientCaFile: /etc/ca.crt
        """;
}
