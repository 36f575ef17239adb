import { expect, test } from 'vitest';
import { type AddressClass, addressClass, isPublicAddress } from './address-class.ts';

const classes: Readonly<Record<AddressClass, string>> = {
  loopback: '127.0.0.1 127.255.0.9 ::1 ::ffff:127.0.0.1',
  private: `10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.254 fd00::1 fc00::1 ::ffff:10.0.0.1
    fd12:3456:789a::1 100.100.100.201`,
  public: `1.1.1.1 8.8.8.8 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 223.255.255.255 168.63.129.15 2606:4700::1111
    2a00:1450::1 2001:4860:4860::8888`,
  never: `0.0.0.0 0.1.2.3 169.254.169.254 169.254.170.2 169.254.0.1 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
    198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 :: fe80::1 fe80::a9fe:a9fe fec0::1 ff02::1 100::1
    64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: 3fff::1 4000::1 5f00::1`,
};
const metadata = `100.100.100.200 ::ffff:100.100.100.200 ::100.100.100.200 168.63.129.16 ::ffff:a83f:8110 169.254.169.254
  ::169.254.169.254 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:0:169.254.169.254 64:ff9b::a9fe:a9fe fd00:ec2::254
  fd00:ec2::23 FD00:0EC2:0:0:0:0:0:254 fd20:ce::254 fd00:c1::a9fe:a9fe fd00:42::42 fd00:a9fe:a9fe::1 fdff::a9fe:a9fe
  fd00::169.254.169.254 fe80::a9fe:a9fe%eth0 fd00::5efe:169.254.169.254 2606:4700::5efe:10.0.0.1 2606:4700::200:5efe:127.0.0.1`;
const words = (text: string) => text.split(/\s+/u);

test.each(Object.entries(classes).flatMap(([kind, text]) => words(text).map((address) => [address, kind])))(
  '%s is %s',
  (address, kind) => {
    expect(addressClass(address)).toBe(kind);
    expect(isPublicAddress(address)).toBe(kind === 'public');
  },
);

test.each(words(metadata))('%s, where a cloud keeps its secrets, is never reached', (address) => {
  expect(addressClass(address)).toBe('never');
});

test.each(['nonsense', '', '127.1', '0x7f.0.0.1', '2130706433', '127.0.0.1 ', '1.2.3.4/8', '::ffff:8.8.8.8', '[::1]'])(
  '"%s" is no address, or none that is used',
  (address) => {
    expect(addressClass(address)).toBe('never');
  },
);
