//! Is this IP address on the public internet, so that asking it cannot reach into a private network?

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address on the public internet. Only [`PublicAddress::new`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicAddress(IpAddr);

/// An address that is not on the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{address} is {kind}")]
pub struct NotPublic {
    /// The address given.
    pub address: IpAddr,
    /// What it is instead.
    pub kind: AddressKind,
}

/// What an address that is not public is for (the IANA special-purpose address registries, RFC 6890).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressKind {
    /// 0.0.0.0/8 and `::`.
    #[error("the unspecified address or this network (RFC 1122)")]
    Unspecified,
    /// 127.0.0.0/8 and `::1`.
    #[error("an address of this machine itself (loopback)")]
    Loopback,
    /// 10/8, 172.16/12, 192.168/16.
    #[error("a private address (RFC 1918)")]
    Private,
    /// 100.64.0.0/10, where some clouds keep their metadata too.
    #[error("an address behind a carrier's NAT (RFC 6598)")]
    CarrierNat,
    /// 169.254.169.254 and 168.63.129.16, which hand credentials to whoever asks from inside.
    #[error("the metadata service of a cloud")]
    CloudMetadata,
    /// 169.254/16 and `fe80::/10`.
    #[error("a link-local address (RFC 3927, RFC 4291)")]
    LinkLocal,
    /// `fc00::/7`.
    #[error("a unique local address (RFC 4193)")]
    UniqueLocal,
    /// 224/4 and `ff00::/8`.
    #[error("a multicast address")]
    Multicast,
    /// 192.0.2/24, 198.51.100/24, 203.0.113/24, `2001:db8::/32`, `3fff::/20`.
    #[error("an address for documentation (RFC 5737, RFC 3849, RFC 9637)")]
    Documentation,
    /// 198.18/15 and `2001:2::/48`.
    #[error("an address for measurements (RFC 2544, RFC 5180)")]
    Benchmarking,
    /// Everything else that the registries keep off the public internet, and the broadcast address.
    #[error("reserved (RFC 6890)")]
    Reserved,
}

impl PublicAddress {
    /// Takes an address that is on the public internet.
    ///
    /// An IPv6 address that carries an IPv4 address (IPv4-mapped, 6to4, NAT64) is judged by the address it carries.
    ///
    /// # Errors
    /// [`NotPublic`], which says what the address is instead.
    pub fn new(address: IpAddr) -> Result<Self, NotPublic> {
        let kind = match address {
            IpAddr::V4(v4) => kind_of_v4(v4),
            IpAddr::V6(v6) => kind_of_v6(v6),
        };
        kind.map_or(Ok(Self(address)), |kind| Err(NotPublic { address, kind }))
    }

    /// The address.
    pub fn ip(self) -> IpAddr {
        self.0
    }
}

fn kind_of_v4(address: Ipv4Addr) -> Option<AddressKind> {
    use AddressKind as Kind;
    Some(match address.octets() {
        [169, 254, 169, 254] | [168, 63, 129, 16] => Kind::CloudMetadata,
        [0, ..] => Kind::Unspecified,
        [127, ..] => Kind::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Kind::Private,
        [100, 64..=127, ..] => Kind::CarrierNat,
        [169, 254, ..] => Kind::LinkLocal,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Kind::Documentation,
        [198, 18..=19, ..] => Kind::Benchmarking,
        [224..=239, ..] => Kind::Multicast,
        // IETF protocol assignments (RFC 6890), the withdrawn 6to4 relays (RFC 7526), class E and broadcast.
        [192, 0, 0, _] | [192, 88, 99, _] | [240..=255, ..] => Kind::Reserved,
        _ => return None,
    })
}

fn kind_of_v6(address: Ipv6Addr) -> Option<AddressKind> {
    use AddressKind as Kind;
    if let Some(carried) = carried_v4(address) {
        return kind_of_v4(carried);
    }
    Some(match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Kind::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Kind::Loopback,
        [0xfc00..=0xfdff, ..] => Kind::UniqueLocal,
        [0xfe80..=0xfebf, ..] => Kind::LinkLocal,
        [0xff00..=0xffff, ..] => Kind::Multicast,
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Kind::Documentation,
        [0x2001, 0x0002, 0, ..] => Kind::Benchmarking,
        // 2001::/23: Teredo, ORCHID and other protocol assignments (RFC 2928).
        [0x2001, 0..=0x01ff, ..] => Kind::Reserved,
        // 2000::/3 is all that has been given out as global unicast (RFC 4291 §2.4, IANA registry).
        [0x2000..=0x3fff, ..] => return None,
        _ => Kind::Reserved,
    })
}

/// The IPv4 address inside an IPv6 address, where packets to the one end at the other.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] // IPv4-mapped (RFC 4291 §2.5.5.2)
        | [0x0064, 0xff9b, 0, 0, 0, 0, high, low] // NAT64 (RFC 6052)
        | [0x2002, high, low, ..] => v4(high, low), // 6to4 (RFC 3056)
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(address: &str) -> Option<AddressKind> {
        PublicAddress::new(address.parse().unwrap()).err().map(|refused| refused.kind)
    }

    #[test]
    fn public_addresses_are_taken() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "145.100.190.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:610:188::1",
            "2606:4700:4700::1111",
            "3fff:1000::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            assert_eq!(PublicAddress::new(address.parse().unwrap()).unwrap().ip(), address.parse::<IpAddr>().unwrap());
        }
    }

    #[test]
    fn every_other_address_is_refused_with_what_it_is() {
        use AddressKind as Kind;
        for (address, expected) in [
            ("0.0.0.0", Kind::Unspecified),
            ("0.1.2.3", Kind::Unspecified),
            ("10.0.0.1", Kind::Private),
            ("10.255.255.255", Kind::Private),
            ("100.64.0.0", Kind::CarrierNat),
            ("100.100.100.200", Kind::CarrierNat),
            ("100.127.255.255", Kind::CarrierNat),
            ("127.0.0.1", Kind::Loopback),
            ("127.255.255.255", Kind::Loopback),
            ("168.63.129.16", Kind::CloudMetadata),
            ("169.254.0.1", Kind::LinkLocal),
            ("169.254.169.254", Kind::CloudMetadata),
            ("172.16.0.0", Kind::Private),
            ("172.31.255.255", Kind::Private),
            ("192.0.0.1", Kind::Reserved),
            ("192.0.2.1", Kind::Documentation),
            ("192.88.99.1", Kind::Reserved),
            ("192.168.0.0", Kind::Private),
            ("192.168.255.255", Kind::Private),
            ("198.18.0.0", Kind::Benchmarking),
            ("198.19.255.255", Kind::Benchmarking),
            ("198.51.100.7", Kind::Documentation),
            ("203.0.113.7", Kind::Documentation),
            ("224.0.0.1", Kind::Multicast),
            ("239.255.255.255", Kind::Multicast),
            ("240.0.0.1", Kind::Reserved),
            ("255.255.255.255", Kind::Reserved),
            ("::", Kind::Unspecified),
            ("::1", Kind::Loopback),
            ("::7f00:1", Kind::Reserved),
            ("::ffff:127.0.0.1", Kind::Loopback),
            ("::ffff:10.0.0.1", Kind::Private),
            ("::ffff:169.254.169.254", Kind::CloudMetadata),
            ("::ffff:0:10.0.0.1", Kind::Reserved),
            ("64:ff9b::10.0.0.1", Kind::Private),
            ("64:ff9b::7f00:1", Kind::Loopback),
            ("64:ff9b:1::10.0.0.1", Kind::Reserved),
            ("100::1", Kind::Reserved),
            ("2001::1", Kind::Reserved),
            ("2001:2::1", Kind::Benchmarking),
            ("2001:20::1", Kind::Reserved),
            ("2001:1ff:ffff::1", Kind::Reserved),
            ("2001:db8::1", Kind::Documentation),
            ("2002:a00:1::1", Kind::Private),
            ("2002:7f00:1::", Kind::Loopback),
            ("2002:a9fe:a9fe::1", Kind::CloudMetadata),
            ("3fff:fff::1", Kind::Documentation),
            ("4000::1", Kind::Reserved),
            ("5f00::1", Kind::Reserved),
            ("fc00::1", Kind::UniqueLocal),
            ("fd00:ec2::254", Kind::UniqueLocal),
            ("fe80::1", Kind::LinkLocal),
            ("febf::1", Kind::LinkLocal),
            ("fec0::1", Kind::Reserved),
            ("ff02::1", Kind::Multicast),
        ] {
            assert_eq!(kind(address), Some(expected), "{address}");
        }
    }

    #[test]
    fn a_refusal_is_a_sentence() {
        let refused = PublicAddress::new("10.0.0.7".parse().unwrap()).unwrap_err();
        assert_eq!(refused.to_string(), "10.0.0.7 is a private address (RFC 1918)");
    }
}
